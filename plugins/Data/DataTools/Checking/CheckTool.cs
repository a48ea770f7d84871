using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Checking;

/// <summary><c>host data check</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class CheckTool(CheckOptions options, BuildContext build) : DataTool(build)
{
    private static readonly string[] endings = [".csv", ".tsv", ".fa", ".fasta", ".csv.gz", ".tsv.gz", ".fa.gz", ".fasta.gz"];

    private static readonly (string Name, string[] Files)[] conventional =
        [("train", ["train"]), ("dev", ["dev", "valid", "val", "validation"]), ("test", ["test"])];

    protected override IEnumerable<string?> Inputs => [.. options.Data, options.Train, options.Dev, options.Test];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var files = Files(run).ToList();
        var output = options.Output is { } path ? Report(path, run, files.ConvertAll(f => f.Path)) : null;
        var splits = files.Select(f => (f.Name, Data: SequenceData.Open([f.Path], options, run))).ToList();
        var facts = splits.ConvertAll(s => Count(s.Name, s.Data, options, cancellation));
        var leaks = new List<(string, string, LeakageCount)>();
        for (var into = 1; into < splits.Count; into++)
            for (var from = 0; from < into; from++)
                leaks.Add((splits[from].Name, splits[into].Name, Leakage(facts[from], splits[into].Data, run, cancellation)));
        var report = new CheckReport(facts, leaks, options.Near);
        report.Show(run);
        output?.Write(RecordJson.Write(report.ToJson()));
        if (options.Strict && report.IsUnsound)
            throw new DataException("The data set is not sound (see above), and --strict was asked for.");
    }

    private OutputFile Report(string path, ToolRun run, IReadOnlyList<string> inputs)
    {
        var output = run.File(path, options.Force, inputs);
        output.RequireEnding(".json");
        return output;
    }

    private static SplitFacts Count(string name, SequenceData data, CheckOptions options, CancellationToken cancellation)
    {
        var facts = new SplitFacts(name) { Finder = new(options.Near) };
        foreach (var row in data.Rows($"rows of {name} read", cancellation)) facts.Add(row);
        return facts;
    }

    private static LeakageCount Leakage(SplitFacts from, SequenceData into, ToolRun run, CancellationToken cancellation)
    {
        var count = new LeakageCount();
        foreach (var row in into.Rows(null, cancellation))
        {
            if (row.Length <= SplitFacts.LongestCompared) count.Add(from.Finder.Find(row.Sequence));
            if ((row.Number & 0x3F) == 0) run.Progress($"rows compared with {from.Name}", row.Number, null);
        }
        return count;
    }

    private IEnumerable<(string Name, string Path)> Files(ToolRun run)
    {
        if (options.Data.Length == 0)
            return new[] { ("train", options.Train), ("dev", options.Dev), ("test", options.Test) }.Where(f => f.Item2 is not null)
                .Select(f => (f.Item1, f.Item2!));
        var path = run.Input(options.Data[0]);
        if (!Directory.Exists(path)) return [(Path.GetFileName(path), options.Data[0])];
        var found = conventional.SelectMany(c => c.Files
            .SelectMany(f => endings.Select(e => Path.Combine(path, f + e)))
            .Where(File.Exists).Take(1).Select(f => (c.Name, f))).ToList();
        return found.Count > 0 ? found : throw new DataException(ForeignFolder.Explain(path, "a folder of splits") ??
            $"{DataFile.Show(path)} has none of train, dev or test with {string.Join(", ", endings)}; name the files with --train, --dev "
                + "and --test.");
    }
}
