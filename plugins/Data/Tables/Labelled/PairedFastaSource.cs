using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>
/// Records of one FASTA file, each with the record of the same name in another: parents and children, sources and targets.
/// </summary>
internal sealed class PairedFastaSource : SplitSource
{
    private readonly PairedFastaOptions options;
    private readonly Dictionary<Split, (string First, string Second)> files;

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <param name="written">How an option is written where the user wrote them.</param>
    public PairedFastaSource(PairedFastaOptions options, Func<string, string> resolve, Func<string, string, string>? written = null)
        : base(options, written)
    {
        this.options = options;
        files = new[] { (Split.Train, options.Train), (Split.Dev, options.Dev), (Split.Test, options.Test) }
            .Where(f => f.Item2.Length == 2)
            .ToDictionary(f => f.Item1, f => (Path.GetFullPath(resolve(f.Item2[0])), Path.GetFullPath(resolve(f.Item2[1]))));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [.. files.Values.SelectMany(f => (string[])[f.First, f.Second])];

    /// <inheritdoc/>
    protected override string Shown => DataFile.Show(files.Values.First().First);

    /// <inheritdoc/>
    protected override IReadOnlyList<Sample>? Read(Split split)
    {
        if (!files.TryGetValue(split, out var pair)) return null;
        var (first, second) = (Open(split, pair.First), Open(split, pair.Second));
        var others = second.Records.ToDictionary(r => r.Name, StringComparer.Ordinal);
        List<Sample> samples = [.. first.Records.Select(record => new Sample(record.Name,
            first.Read(record, 0, checked((int)record.Length)))
        {
            Origin = $"{Path.GetFileName(first.Path)}:{record.Line}",
            Fields = new RowFields([options.Field], [others.TryGetValue(record.Name, out var other)
                ? second.Read(other, 0, checked((int)other.Length))
                : throw new DataException($"{Path.GetFileName(first.Path)}:{record.Line}: '{record.Name}' has no record of that name in "
                    + $"{DataFile.Show(second.Path)}{Nearest.Hint(record.Name, [.. others.Keys])}; add it, or remove this one.")]),
        })];
        if (samples.Count == others.Count) return samples;
        var known = first.Records.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var lone = second.Records.First(r => !known.Contains(r.Name));
        throw new DataException($"{Path.GetFileName(second.Path)}:{lone.Line}: '{lone.Name}' has no record of that name in "
            + $"{DataFile.Show(first.Path)}; add it, or remove this one.");
    }

    private FastaFile Open(Split split, string path) => Alphabet.IsDna
        ? FastaFile.Open(path, bad: Bad(split, path, "record")) : FastaFile.OpenText(path, Alphabet, Bad(split, path, "record"));
}
