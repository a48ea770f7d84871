using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>FASTA records whose header ends in the label: <c>>NAME|LABEL</c>.</summary>
internal sealed class LabelledFastaSource : SplitSource
{
    private readonly LabelledFastaOptions options;
    private readonly IReadOnlyDictionary<Split, string> files;

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <exception cref="DataException">A folder holds none of the files.</exception>
    /// <param name="written">How an option is written where the user wrote them.</param>
    public LabelledFastaSource(LabelledFastaOptions options, Func<string, string> resolve, Func<string, string, string>? written = null)
        : base(options, written)
    {
        this.options = options;
        files = options.Folder is { } folder ? LabelledFasta.Files(Path.GetFullPath(resolve(folder)))
            : new[] { (Split.Train, options.Train), (Split.Dev, options.Dev), (Split.Test, options.Test) }
                .Where(f => f.Item2 is not null).ToDictionary(f => f.Item1, f => Path.GetFullPath(resolve(f.Item2!)));
        if (files.Count == 0)
            throw new DataException(ForeignFolder.Explain(options.Folder!, "a folder of FASTA files")
                ?? $"{DataFile.Show(options.Folder!)} has none of train, dev or test with "
                + $"{string.Join(", ", LabelledFasta.Endings)}; name the files with 'train', 'dev' and 'test'.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [.. files.Values];

    /// <inheritdoc/>
    protected override string Shown => DataFile.Show(options.Folder ?? files.Values.First());

    /// <inheritdoc/>
    protected override IReadOnlyList<Sample>? Read(Split split)
    {
        if (!files.TryGetValue(split, out var path)) return null;
        var bad = Bad(split, path, "record");
        var fasta = Alphabet.IsDna ? FastaFile.Open(path, bad: bad) : FastaFile.OpenText(path, Alphabet, bad);
        return [.. fasta.Records.Select(record => OfRecord(fasta, record))];
    }

    private Sample OfRecord(FastaFile fasta, FastaRecord record)
    {
        var header = record.Description.Length > 0 ? $"{record.Name} {record.Description}" : record.Name;
        var where = $"{Path.GetFileName(fasta.Path)}:{record.Line}";
        var at = header.LastIndexOf(options.Separator, StringComparison.Ordinal);
        var label = at < 0 ? "" : LabelOf(header[(at + options.Separator.Length)..].Trim());
        if (label.Length == 0)
            throw new DataException($"{where}: the record '{header}' has no label; a header is written >NAME{options.Separator}LABEL. "
                + "Another separator is set by 'separator'.");
        var named = record with { Name = header[..at].Trim().Split(' ', 2)[0] };
        return Labelled(header[..at].Trim(), fasta.Read(record, 0, checked((int)record.Length)), label, where) with
        {
            Place = fasta.IsDna ? RecordPlace.Of(named) : null,
        };
    }

    /// <summary>A label without what a header says behind it as <c>name=value</c>: the data tools write places so.</summary>
    private static string LabelOf(string text) =>
        text.IndexOf(' ') is > 0 and var blank && text.IndexOf('=') > blank ? text[..blank] : text;
}

/// <summary>Finds labelled FASTA files.</summary>
internal static class LabelledFasta
{
    private static readonly (Split Split, string[] Names)[] conventional =
        [(Split.Train, ["train"]), (Split.Dev, ["dev", "valid", "val", "validation"]), (Split.Test, ["test"])];

    /// <summary>How such files end.</summary>
    public static readonly string[] Endings = [".fna", ".fa", ".fasta", ".fna.gz", ".fa.gz", ".fasta.gz"];

    /// <summary>The files of a folder by split.</summary>
    public static IReadOnlyDictionary<Split, string> Files(string folder) => conventional
        .Select(c => (c.Split, File: c.Names.SelectMany(n => Endings.Select(e => Path.Combine(folder, n + e))).FirstOrDefault(File.Exists)))
        .Where(c => c.File is not null).ToDictionary(c => c.Split, c => c.File!);
}
