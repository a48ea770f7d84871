using System.Text.Json;
using PluginHost.Host.BuiltIns.Sources.Files;
using PluginHost.Host.DataTools.Leakage;
using PluginHost.Host.DataTools.Rows;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.DataTools.Checking;

/// <summary><c>host data check</c></summary>
internal sealed class CheckTool : DataTool<CheckOptions>
{
    private static readonly string[] endings = [".csv", ".tsv", ".fa", ".fasta", ".csv.gz", ".tsv.gz", ".fa.gz", ".fasta.gz"];

    private static readonly (string Name, string[] Files)[] conventional = [("train", ["train"]), ("dev", ["dev", "valid", "val", "validation"]), ("test", ["test"])];

    public override int Order => 20;

    public override string Verb => "check";

    public override string Summary => "Looks for duplicates, leakage between splits, unbalanced labels, and what gives labels away.";

    public override IReadOnlyList<string> Examples =>
    [
        "host data check splits/",
        "host data check --train train.csv --test test.csv --identity 0.9 --strict",
        "host data check sequences.csv --output report.json",
    ];

    protected override int Run(CheckOptions options, IRunView view, CancellationToken cancellation)
    {
        var splits = Files(options).Select(f => (f.Name, Data: SequenceData.Open([f.Path], options, view))).ToList();
        var facts = splits.ConvertAll(s => Count(s.Name, s.Data, options, cancellation));
        var leaks = new List<(string, string, LeakageCount)>();
        for (var into = 1; into < splits.Count; into++)
            for (var from = 0; from < into; from++)
                leaks.Add((splits[from].Name, splits[into].Name, Leakage(facts[from], splits[into].Data, view, cancellation)));
        var report = new CheckReport(facts, leaks, options.Near);
        report.Show(view);
        if (options.Output is { } output) Disk.WriteAtomically(output, JsonSerializer.Serialize(report.ToJson(), Json.Indented) + "\n");
        if (options.Strict && report.IsUnsound)
            throw new DataException("The data set is not sound (see above), and --strict was asked for.");
        return 0;
    }

    private static SplitFacts Count(string name, SequenceData data, CheckOptions options, CancellationToken cancellation)
    {
        var facts = new SplitFacts(name) { Finder = new(options.Near) };
        foreach (var row in data.Rows($"rows of {name} read", cancellation)) facts.Add(row);
        return facts;
    }

    private static LeakageCount Leakage(SplitFacts from, SequenceData into, IRunView view, CancellationToken cancellation)
    {
        var count = new LeakageCount();
        foreach (var row in into.Rows(null, cancellation))
        {
            if (row.Length <= SplitFacts.LongestCompared) count.Add(from.Finder.Find(row.Sequence));
            if ((row.Number & 0x3F) == 0) view.Progress($"rows compared with {from.Name}", row.Number, null);
        }
        return count;
    }

    private static IEnumerable<(string Name, string Path)> Files(CheckOptions options)
    {
        if (options.Data.Length == 0)
            return new[] { ("train", options.Train), ("dev", options.Dev), ("test", options.Test) }.Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!));
        var path = options.Data[0];
        if (!Directory.Exists(path)) return [(Path.GetFileName(path), path)];
        var found = conventional.SelectMany(c => c.Files
            .SelectMany(f => endings.Select(e => Path.Combine(path, f + e)))
            .Where(File.Exists).Take(1).Select(f => (c.Name, f))).ToList();
        return found.Count > 0 ? found : throw new DataException(
            $"{DataFile.Show(path)} has none of train, dev or test with {string.Join(", ", endings)}; name the files with --train, --dev and --test.");
    }
}
