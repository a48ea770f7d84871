namespace PluginHost.Host.Tests;

/// <summary>The checkout the tests were built in.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "PluginHost.sln"))) return at.FullName;
        throw new InvalidOperationException($"{folder} is not inside a checkout.");
    }
}
