using System.Globalization;
using PluginHost.PluginKit;
using PluginHost.Plugins.Population;
using CompareOptions = PluginHost.Plugins.Population.CompareOptions;

namespace PluginHost.Plugins.Tests.Population;

/// <summary>A folder in which haplotypes are compared.</summary>
internal sealed class PopulationRun : IDisposable
{
    private int made;

    public string Folder { get; } = Directory.CreateTempSubdirectory("pluginhost-population-").FullName;

    /// <summary>What was said on standard error.</summary>
    public List<string> Said { get; } = [];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes haplotypes: a string of 0 and 1 each.</summary>
    public string Haplotypes(string name, params IEnumerable<string> rows) => Write(name,
        string.Concat(rows.Select((r, i) => $"G h{i} {string.Join(' ', r.AsEnumerable())}\n")));

    /// <summary>Compares.</summary>
    /// <returns>The folder that was written.</returns>
    public string Compare(CompareOptions options)
    {
        if (options.Output.Length == 0) options.Output = Path.Combine(Folder, $"out{made++}");
        var tool = new CompareTool(options, new Workbench(new PopulationPlugin()));
        Assert.Equal(0, tool.RunAsync(new Recorder(Said), TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return options.Output;
    }

    /// <summary>Compares one set with the real one.</summary>
    public string Compare(string real, string artificial, int bootstrap = 0, ulong seed = 1) =>
        Compare(new CompareOptions { Real = [real], Artificial = [artificial], Bootstrap = bootstrap, Seed = seed });

    /// <summary>Rows of a table.</summary>
    public static List<string[]> Rows(string folder, string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t'))];

    /// <summary>Figures of a set: value, low and high.</summary>
    public static Dictionary<string, double[]> Figures(string folder, string set) => Rows(folder, "figures.tsv").Where(r => r[0] == set)
        .ToDictionary(r => r[1], r => r[2..5].Select(c => c.Length == 0 ? double.NaN : double.Parse(c, CultureInfo.InvariantCulture))
            .ToArray());

    private sealed class Recorder(List<string> said) : ToolContext
    {
        public override TextWriter Output => TextWriter.Null;

        public override void Say(string message) => said.Add(message);

        public override void Progress(string what, long done, long? total) { }
    }
}
