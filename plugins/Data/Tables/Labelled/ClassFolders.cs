namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Finds splits and classes in a folder of classes.</summary>
internal static class ClassFolders
{
    private static readonly (Split Split, string[] Names)[] splits =
        [(Split.Train, ["train"]), (Split.Dev, ["dev", "valid", "val", "validation"]), (Split.Test, ["test"])];
    private static readonly string[] tables = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    /// <summary>The folder of each split that is there.</summary>
    public static IReadOnlyDictionary<Split, string> Splits(string folder) => splits
        .Select(s => (s.Split, Folder: s.Names.Select(n => System.IO.Path.Combine(folder, n)).FirstOrDefault(Directory.Exists)))
        .Where(s => s.Folder is not null).ToDictionary(s => s.Split, s => s.Folder!);

    /// <summary>The classes of a split in name order: a folder of text files, or a table.</summary>
    public static IReadOnlyList<(string Class, string Path)> Classes(string split) =>
    [
        .. Directory.EnumerateFileSystemEntries(split)
            .Select(path => (Class: ClassOf(path), Path: path)).Where(c => c.Class is not null).Select(c => (c.Class!, c.Path))
            .OrderBy(c => c.Item1, StringComparer.Ordinal),
    ];

    /// <summary>The text files of a class in name order.</summary>
    public static IEnumerable<string> Texts(string folder) => Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal);

    /// <summary>Whether a folder is laid out so: a training split with two classes or more.</summary>
    public static bool Fits(string folder) => Splits(folder).TryGetValue(Split.Train, out var train) && Classes(train).Count > 1;

    private static string? ClassOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (Directory.Exists(path)) return Texts(path).Any() ? name : null;
        return tables.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending ? name[..^ending.Length]
            : null;
    }
}
