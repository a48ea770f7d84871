using System.IO.Enumeration;
using PluginHost.Host.BuiltIns.Sources.Fasta;
using PluginHost.Host.BuiltIns.Sources.Files;
using PluginHost.Host.DataTools.Output;
using PluginHost.Host.DataTools.Rows;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.DataTools.Windows;

/// <summary><c>host data windows</c></summary>
internal sealed class WindowsTool : DataTool<WindowOptions>
{
    /// <summary>The columns of a window after sequence, label and id; negatives are matched by them.</summary>
    internal static readonly string[] Columns = ["chromosome", "start", "end", "strand", "name"];

    public override int Order => 30;

    public override string Verb => "windows";

    public override string Summary => "Cuts labelled windows out of a genome: around features of BED or GFF, or tiles.";

    public override IReadOnlyList<string> Examples =>
    [
        "host data windows --genome genome.fa --features genes.gff --type gene --window promoter --output promoters.csv",
        "host data windows --genome genome.fa --features genes.gtf --anchor donor --anchor acceptor --window -50..49 --output splice.csv",
        "host data windows --genome genome.fa --features peaks.bed --anchor center --window -50..50 --output peaks.csv",
        "host data windows --genome genome.fa --tiles 1000 --overlap 100 --hard-masked split --output tiles.fa.gz",
    ];

    protected override int Run(WindowOptions options, IRunView view, CancellationToken cancellation)
    {
        RowWriter.Check(options.Output);
        var genome = Genome.Open(options.Genome, view);
        var (windows, tiles) = options.Tiles is null
            ? (new FeatureWindows(genome, options), (TileWindows?)null)
            : (null, new TileWindows(genome, options, Covered(genome, options)));
        var (rows, bases) = (0L, 0L);
        RowWriter.Write(options.Output, windows?.Labelled ?? tiles!.Labelled, Columns, writer =>
        {
            windows?.Write(writer, done => view.Progress("features read", done, null), cancellation);
            var records = Records(genome, options);
            var total = records.Sum(r => r.Length);
            tiles?.Write(writer, records, done => view.Progress("bases tiled", done, total), cancellation);
            (rows, bases) = (writer.Rows, writer.Bases);
        });
        view.Result($"{FastaSummary.Counted(rows, "window")}, {FastaSummary.Counted(bases, "base")}: {options.Output} (start and end are 0-based, half-open)");
        Left(windows?.Beyond ?? 0, "window", "reached beyond a chromosome's end (--ends)");
        Left((windows?.Masked ?? 0) + (tiles?.Masked ?? 0), "window", "held too many N (--hard-masked, --max-n)");
        Left(windows?.Repeated ?? 0, "window", "lay where another did");
        return 0;

        void Left(long count, string noun, string why)
        {
            if (count > 0) view.Result($"{FastaSummary.Counted(count, noun)} left out: {why}.");
        }
    }

    private static IReadOnlyList<FastaRecord> Records(FastaFile genome, WindowOptions options)
    {
        var wanted = Names.Split(options.Records);
        var records = genome.Records.Where(r => wanted.Count == 0 || wanted.Any(w => FileSystemName.MatchesSimpleExpression(w, r.Name, ignoreCase: false))).ToList();
        return records.Count > 0 ? records
            : throw new DataException($"--records: no record of {DataFile.Show(genome.Path)} is called {string.Join(" or ", wanted)}; it has: {NameList.Shorten([.. genome.Records.Select(r => r.Name)])}.");
    }

    private static CoveredBases? Covered(FastaFile genome, WindowOptions options)
    {
        if (options.Features is not { } path) return null;
        var covered = new CoveredBases();
        foreach (var (feature, record) in new FeatureWindows(genome, options).Features(path)) covered.Add(record.Name, feature.Start, feature.End);
        return covered;
    }
}
