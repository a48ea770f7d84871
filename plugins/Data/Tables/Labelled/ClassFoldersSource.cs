using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Sequences whose label is the folder, or the table, they are in: <c>train/CLASS/*.txt</c> or <c>train/CLASS.csv</c>.</summary>
internal sealed class ClassFoldersSource : SplitSource
{
    private readonly string folder;
    private readonly GenomePlaces places;
    private readonly IReadOnlyDictionary<Split, string> splits;

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <exception cref="DataException">The folder is missing or holds no classes.</exception>
    /// <param name="written">How an option is written where the user wrote them.</param>
    public ClassFoldersSource(ClassFoldersOptions options, Func<string, string> resolve, Func<string, string, string>? written = null)
        : base(options, written)
    {
        folder = System.IO.Path.GetFullPath(resolve(options.Path));
        if (!Directory.Exists(folder))
            throw new DataException(
                $"The folder {DataFile.Show(folder)} does not exist; paths are relative to the working directory or to the pipeline file.");
        splits = ClassFolders.Splits(folder);
        if (!splits.Values.Any(split => ClassFolders.Classes(split).Count > 0))
            throw new DataException(ForeignFolder.Explain(folder, "a folder of classes")
                ?? $"{DataFile.Show(folder)} holds no classes: it needs train and test with a folder of .txt files or a "
                + "table for each class.");
        places = new([.. options.Genome.Select(g => System.IO.Path.GetFullPath(resolve(g)))]);
        Files = [.. splits.Values.SelectMany(ClassFolders.Classes)
            .SelectMany(c => Directory.Exists(c.Path) ? ClassFolders.Texts(c.Path) : [c.Path]), .. places.Files];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    protected override string Shown => DataFile.Show(folder);

    /// <inheritdoc/>
    protected override IReadOnlyList<Sample>? Read(Split split) =>
        splits.TryGetValue(split, out var found)
            ? [.. ClassFolders.Classes(found).SelectMany(c => Directory.Exists(c.Path) ? Texts(split, c.Class, c.Path)
                : Table(c.Class, c.Path))]
            : null;

    private IEnumerable<Sample> Texts(Split split, string label, string path)
    {
        var bad = Bad(split, path, "file");
        foreach (var file in ClassFolders.Texts(path))
        {
            var where = $"{label}/{System.IO.Path.GetFileName(file)}";
            var sequence = bad.Skips && IsBlank(file) ? "" : string.Concat(LineReader.Read(file, "a sequence", TextFormat.Fasta)
                .Select(l => l.Text).Where(l => !l.StartsWith('>')).Select(l => l.Trim()));
            if (sequence.Length == 0)
            {
                if (!bad.Skips)
                    throw new DataException($"{DataFile.Show(file)} holds no sequence; download it again or remove it{bad.Remedy}.");
                bad.Empty(Path.GetFileName(file));
                continue;
            }
            yield return Labelled($"{label}/{System.IO.Path.GetFileNameWithoutExtension(file)}", Alphabet.Normalize(sequence, where), label,
                where);
        }
    }

    private static bool IsBlank(string file) => DataFile.Guard(file, () => File.ReadLines(file).All(string.IsNullOrWhiteSpace));

    private IEnumerable<Sample> Table(string label, string path)
    {
        var header = SequenceColumn.HeaderOf(path);
        var rows = SequenceColumn.In(header) is { } column
            ? TableReader.Read(path, new TableLayout { Sequence = column, Label = "none", Alphabet = Alphabet }, [], labelRequired: false)
                .Samples
            : places.Read(path, header);
        return rows.Select(row => Labelled($"{label}/{row.Id}", row.Sequence, label, row.Origin) with { Place = row.Place });
    }
}
