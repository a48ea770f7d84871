using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Genomics.Tracks;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Plugins.Scan.Outputs;

/// <summary>What a file that a scan writes holds.</summary>
internal enum Content
{
    /// <summary>Where the track is high.</summary>
    Peaks,

    /// <summary>A number for each base.</summary>
    Track,

    /// <summary>All outputs of each window.</summary>
    Windows,
}

/// <summary>A file that a scan writes, of the kind its ending tells.</summary>
/// <param name="File">Checked.</param>
/// <param name="Content">What is in it.</param>
internal sealed record ScanFile(OutputFile File, Content Content)
{
    private const string BedGraph = ".bedgraph", BigWig = ".bw";

    private static readonly Dictionary<string, (string Format, Content Content)> endings = new()
    {
        [".bed"] = (".bed", Content.Peaks), [".bedgraph"] = (BedGraph, Content.Track), [".bg"] = (BedGraph, Content.Track),
        [".bw"] = (BigWig, Content.Track), [".bigwig"] = (BigWig, Content.Track), [".tsv"] = (".tsv", Content.Windows),
        [".csv"] = (".csv", Content.Windows), [".jsonl"] = (".jsonl", Content.Windows), [".parquet"] = (".parquet", Content.Windows),
    };

    private static readonly string[] binary = [BigWig, ".parquet"];

    private bool IsPacked => File.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private string Format => FormatOf(File.Path)!;

    /// <summary>Looks at a file before any work.</summary>
    /// <param name="option">That names it.</param>
    /// <param name="written">As the user wrote it.</param>
    /// <param name="only">What it must hold; null for anything.</param>
    /// <param name="file">Checked.</param>
    /// <exception cref="UsageException">Its ending tells no format, or another content.</exception>
    public static ScanFile Of(string option, string written, Content? only, OutputFile file)
    {
        if (FormatOf(file.Path) is not { } format || endings[format].Content is var content && only is not null && content != only)
            throw new UsageException(
                $"{option} {written}: the name must end in {string.Join(", ", Allowed(only))} (and .gz after it, to pack text).");
        if (file.IsStream && binary.Contains(format))
            throw new UsageException($"{option} {written}: {format} is written back and forth, which no pipe allows; name a file.");
        return new(file, content);
    }

    private static IEnumerable<string> Allowed(Content? only) =>
        endings.Where(e => e.Key == e.Value.Format && (only is null || e.Value.Content == only)).Select(e => e.Key);

    private static string? FormatOf(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        if (path == OutputFile.Standard) return ".bed";
        var packed = name.EndsWith(".gz", StringComparison.Ordinal);
        var format = endings.GetValueOrDefault(Path.GetExtension(packed ? name[..^3] : name)).Format;
        return packed && binary.Contains(format) ? null : format;
    }

    /// <summary>Begins it as a track.</summary>
    public ITrackWriter BeginTrack(Stream stream, TextWriter text, ScanFacts facts) => Format == BigWig
        ? new BigWigWriter(stream, facts.Chromosomes, 10L * facts.Step)
        : BedGraphWriter.Begin(text, [.. facts.Comments, facts.Track]);

    /// <summary>Begins it as peaks.</summary>
    public static BedWriter BeginPeaks(TextWriter text, ScanFacts facts) =>
        new(text, [.. facts.Comments, facts.Track, facts.Peaks], facts.Output, facts.Top);

    /// <summary>Begins it as a table of windows.</summary>
    public ITableWriter BeginWindows(Stream stream, TextWriter text, ScanFacts facts)
    {
        List<string> comments = [.. facts.Comments, BedWriter.Coordinates];
        List<TableColumn> columns = [new("chromosome", typeof(string)), new("start", typeof(long)), new("end", typeof(long)),
            .. facts.Columns.Select(name => new TableColumn(name, typeof(float)))];
        return TableFile.Begin(stream, text, TableFormat.Of(File.Path).Kind, columns, comments);
    }

    /// <summary>Writes it, packed where its name says so.</summary>
    /// <param name="write">Is given the stream, and a writer of text onto it.</param>
    public void Write(Action<Stream, TextWriter> write) => File.Write(stream =>
    {
        using var packed = IsPacked ? new BgzfWriter(new KeptOpen(stream)) : null;
        var target = (Stream?)packed ?? stream;
        using var text = new StreamWriter(target, bufferSize: 1 << 16, leaveOpen: true);
        write(target, text);
    });
}
