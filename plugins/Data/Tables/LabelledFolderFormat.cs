using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Plugins.Tables;

/// <summary>The layouts of benchmarks: a folder with train and test as tables, as FASTA with labels, or as folders of classes.</summary>
internal sealed class LabelledFolderFormat : IInputFormat
{
    /// <inheritdoc/>
    public InputReading? Recognize(InputFile file) =>
        file.IsFolder && (OfTables(file) ?? OfFasta(file) ?? OfClasses(file)) is { } source ? new(source) : null;

    private static ComponentSpec? OfTables(InputFile file)
    {
        var tables = TableFiles.In(file.Path);
        if (!tables.TryGetValue(Split.Train, out var train) || !tables.ContainsKey(Split.Test)) return null;
        var options = Options("folder", file, tables.ContainsKey(Split.Dev));
        if (SequenceColumn.In(SequenceColumn.HeaderOf(train)) is { } column && column != "sequence") options["sequence"] = column;
        return new("table", options);
    }

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
