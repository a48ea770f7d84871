using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Plugins.Tables;

/// <summary>The layouts of benchmarks: a folder with train and test as tables, as FASTA with labels, or as folders of classes.</summary>
internal sealed class LabelledFolderFormat : IInputFormat
{
    private static readonly HashSet<string> columns = new(
        ["sequence", "label", "pair", "id", "separator", "vectors", "join"], StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public InputReading? Recognize(InputFile file) =>
        file.IsFolder && (OfTables(file) ?? OfFasta(file) ?? OfClasses(file)) is { } source ? new(source) : null;

    private static ComponentSpec? OfTables(InputFile file)
    {
        var tables = TableFiles.In(file.Path);
        if (!tables.TryGetValue(Split.Train, out var train) || !tables.ContainsKey(Split.Test)) return null;
        var options = Options("folder", file, tables.ContainsKey(Split.Dev));
        foreach (var (option, value) in Columns(file.Like)) options[option] = value;
        if (!options.ContainsKey("sequence") && SequenceColumn.In(SequenceColumn.HeaderOf(train)) is { } column && column != "sequence")
            options["sequence"] = column;
        return new("table", options);
    }

    /// <summary>What another table source says of columns, if that is what a pipeline has.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Columns(ComponentSpec? like) =>
        like is null || like.Use[(like.Use.IndexOf('/') + 1)..] != "table" ? []
            : like.With.Where(o => columns.Contains(o.Key)).Select(o => KeyValuePair.Create(columns.First(c =>
                string.Equals(c, o.Key, StringComparison.OrdinalIgnoreCase)), o.Value));

    private static ComponentSpec? OfFasta(InputFile file)
    {
        var fasta = LabelledFasta.Files(file.Path);
        return fasta.ContainsKey(Split.Train) && fasta.ContainsKey(Split.Test)
            ? new("labelled-fasta", Options("folder", file, fasta.ContainsKey(Split.Dev)))
            : null;
    }

    private static ComponentSpec? OfClasses(InputFile file)
    {
        if (!ClassFolders.Fits(file.Path) || ClassFolders.Splits(file.Path) is var splits && !splits.ContainsKey(Split.Test)) return null;
        var options = Options("path", file, splits.ContainsKey(Split.Dev));
        if (file.Genome.Count > 0) options["genome"] = file.Genome.Select(Path.GetFullPath).ToList();
        return new("class-folders", options);
    }

    private static Dictionary<string, object?> Options(string path, InputFile file, bool hasDev)
    {
        var options = new Dictionary<string, object?> { [path] = file.Path };
        if (!hasDev && file.DevShare > 0) options["devShare"] = file.DevShare;
        return options;
    }
}
