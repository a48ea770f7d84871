namespace PluginHost.EndToEnd.Tests;

/// <summary>Places in the checkout the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The host as it was just built.</summary>
    public static string HostDll => Path.Combine(Root, "artifacts", "bin", "Host", "release", "host.dll");

    /// <summary>A file of <c>samples/</c>.</summary>
    public static string Sample(params ReadOnlySpan<string> parts) => Path.Combine([Root, "samples", .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PluginHost.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests must run from a build inside the checkout.");
    }
}
