namespace PluginHost.Plugins.Tests;

/// <summary>Finds real data: in the repository's samples, or beside the checkout where present.</summary>
internal static class RealData
{
    public static string Root { get; } = FindRoot();

    /// <summary>A table that every checkout has.</summary>
    public static IReadOnlyList<Sample> Samples(string path) => Read(Path.Combine(Root, "samples", path));

    /// <summary>A table in ../shared/data; skips the test by name where it is absent.</summary>
    public static IReadOnlyList<Sample> Shared(string path)
    {
        var file = Path.Combine(Root, "..", "shared", "data", path);
        Assert.SkipUnless(File.Exists(file), $"../shared/data/{path} is not here.");
        return Read(file);
    }

    private static IReadOnlyList<Sample> Read(string file) =>
        [.. File.ReadLines(file).Skip(1).Select((line, i) => line.Split(','))
            .Select((cells, i) => PluginKit.SampleDna.Labelled($"row-{i + 2}", cells[0], int.Parse(cells[1])))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PluginHost.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout.");
    }
}
