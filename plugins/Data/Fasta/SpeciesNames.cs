using System.IO.Enumeration;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.Fasta;

/// <summary>
/// Which species each record is of, as the options name them: the field <see cref="Sample.SpeciesField"/> of its samples.
/// </summary>
/// <param name="all">That of every record that no pattern fits; null for none.</param>
/// <param name="some">Patterns of names of records or files with the species, the first that fits counts.</param>
internal sealed class SpeciesNames(string? all, IReadOnlyDictionary<string, string> some)
{
    private static readonly IReadOnlyDictionary<string, object> none = new Dictionary<string, object>();
    private readonly Dictionary<string, IReadOnlyDictionary<string, object>> fields = [];

    /// <summary>The fields of a record's samples.</summary>
    /// <exception cref="DataException">Some records have a species and this one has none.</exception>
    public IReadOnlyDictionary<string, object> Of(FastaFile file, FastaRecord record)
    {
        var pattern = some.Keys.FirstOrDefault(p => Fits(p, record.Name) || Fits(p, Path.GetFileName(file.Path)));
        if (pattern is null && all is null && some.Count == 0) return none;
        var name = pattern is not null ? some[pattern] : all
            ?? throw new DataException($"{DataFile.Show(file.Path)}: record '{record.Name}' has no species: no pattern of 'speciesOf' "
                + $"({NameList.Shorten([.. some.Keys])}) fits it or its file. Add one, or name the species of all others with 'species'.");
        if (!fields.TryGetValue(name, out var made))
            fields[name] = made = new Dictionary<string, object> { [Sample.SpeciesField] = name };
        return made;
    }

    /// <summary>Refuses patterns that name nothing.</summary>
    /// <exception cref="DataException">A pattern fits no record and no file.</exception>
    public void Check(IReadOnlyList<FastaFile> files)
    {
        foreach (var pattern in some.Keys)
            if (!files.Any(f => Fits(pattern, Path.GetFileName(f.Path)) || f.Records.Any(r => Fits(pattern, r.Name))))
            {
                List<string> names = [.. files.Select(f => Path.GetFileName(f.Path)),
                    .. files.SelectMany(f => f.Records).Select(r => r.Name)];
                throw new DataException($"'speciesOf: {pattern}' fits no record and no file{Nearest.Hint(pattern, names)}; there are: "
                    + $"{NameList.Shorten(names)}.");
            }
    }

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
