using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Plugins.Tables.Rows;

/// <summary>Which file holds which split.</summary>
internal static class TableFiles
{
    private static readonly string[] endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    private static readonly (Split Split, string[] Names)[] conventional =
    [
        (Split.Train, ["train"]),
        (Split.Dev, ["dev", "valid", "val", "validation"]),
        (Split.Test, ["test"]),
    ];

    /// <summary>The files by split, train first. One file under <c>path</c> is not among them.</summary>
    /// <exception cref="DataException">A folder is missing, holds none of the files, or two for one split.</exception>
    public static IReadOnlyList<(Split Split, string Path)> Find(TableOptions options, Func<string, string> resolve)
    {
        if (options.Folder is { } folder) return InFolder(Path.GetFullPath(resolve(folder)));
        return [.. new[] { (Split.Train, options.Train), (Split.Dev, options.Dev), (Split.Test, options.Test) }
            .Where(f => f.Item2 is not null)
            .Select(f => (f.Item1, Path.GetFullPath(resolve(f.Item2!))))];
    }

    /// <summary>The file of each split that a folder has, the first where there are several.</summary>
    public static IReadOnlyDictionary<Split, string> In(string folder) => conventional
        .Select(c => (c.Split, File: c.Names.SelectMany(n => endings.Select(e => Path.Combine(folder, n + e))).FirstOrDefault(File.Exists)))
        .Where(c => c.File is not null).ToDictionary(c => c.Split, c => c.File!);

    private static List<(Split, string)> InFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DataException(
                $"The folder {DataFile.Show(folder)} does not exist; paths are relative to the working directory or to the pipeline file.");
        var found = new List<(Split, string)>();
        foreach (var (split, names) in conventional)
        {
            var files = names.SelectMany(n => endings.Select(e => Path.Combine(folder, n + e))).Where(File.Exists).ToList();
            if (files.Count > 1)
                throw new DataException($"{DataFile.Show(folder)} has {string.Join(" and ", files.Select(Path.GetFileName))}, which both "
                    + $"hold the split {TableNotes.Name(split)}; remove one or name the file with '{TableNotes.Name(split)}:'.");
            if (files.Count == 1) found.Add((split, files[0]));
        }
        if (found.Count > 0) return found;
        var there = DataFile.Guard(folder, () =>
            Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToArray());
        throw new DataException(ForeignFolder.Explain(folder, "a folder of tables")
            ?? $"{DataFile.Show(folder)} has none of train, dev or test with {string.Join(", ", endings)}; it holds: "
            + $"{(there.Length == 0 ? "nothing" : NameList.Shorten(there))}.");
    }
}
