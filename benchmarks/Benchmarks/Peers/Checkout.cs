namespace PluginHost.Benchmarks;

/// <summary>Where sources, samples and what was built beside this program lie.</summary>
internal static class Checkout
{
    /// <summary>The checkout's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the scripts that are peers, by language.</summary>
    public static string Scripts(string language) => Path.Combine(Root, "benchmarks", language);

    /// <summary>An executable of another project, of the same configuration as this one.</summary>
    public static string Built(string project, string file)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(mine.Parent!.Parent!.FullName, project, mine.Name, file);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PluginHost.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks from a checkout.");
    }
}
