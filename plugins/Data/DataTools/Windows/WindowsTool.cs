using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary><c>host data windows</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class WindowsTool(WindowOptions options, BuildContext build) : DataTool(build)
{
    /// <summary>The columns of a window after sequence, label and id; negatives are matched by them.</summary>
    internal static readonly string[] Columns = ["chromosome", "start", "end", "strand", "name"];

    protected override IEnumerable<string?> Inputs => [options.Genome, options.Features];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var genome = Genome.Open(options.Genome, run.Progress);
        var (windows, tiles) = options.Tiles is null
            ? (new FeatureWindows(genome, options), (TileWindows?)null)
            : (null, new TileWindows(genome, options, Covered(genome, options)));
        var (rows, bases) = (0L, 0L);
        RowWriter.Write(options.File, windows?.Labelled ?? tiles!.Labelled, Columns, options.Add, writer =>
        {
            windows?.Write(writer, done => run.Progress("features read", done, null), cancellation);
            var records = new WantedRecords(genome, options.Records).InOrder;
            var total = records.Sum(r => r.Length);
            tiles?.Write(writer, records, done => run.Progress("bases tiled", done, total), cancellation);
            (rows, bases) = (writer.Rows, writer.Bases);
        });
        run.Result($"{Wording.Counted(rows, "window")}, {Wording.Counted(bases, "base")}: {options.Output} (start and end are "
            + "0-based, half-open)");
        Left(windows?.Unsigned ?? 0, "feature", "had no " + string.Join(" or ", options.Motif) + " there (--motif, --motif-within)");
        Left(windows?.Beyond ?? 0, "window", "reached beyond a chromosome's end (--ends)");
        Left((windows?.Masked ?? 0) + (tiles?.Masked ?? 0), "window", "held too many N (--hard-masked, --max-n)");
        Left(windows?.Repeated ?? 0, "window", "lay where another did");
        if (windows?.Strandless is > 0 and var strandless) run.Warn(FeatureWindows.ReadForward(strandless, "window"));

        void Left(long count, string noun, string why)
        {
            if (count > 0) run.Result($"{Wording.Counted(count, noun)} left out: {why}.");
        }
    }

    private static CoveredBases? Covered(FastaFile genome, WindowOptions options)
    {
        if (options.Features is not { } path) return null;
        var covered = new CoveredBases();
        foreach (var (feature, record) in new FeatureWindows(genome, options).Features(path))
            covered.Add(record.Name, feature.Start, feature.End);
        return covered;
    }
}
