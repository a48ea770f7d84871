using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary>A file of a data set.</summary>
/// <param name="Path">As it was written, or below the folder that was.</param>
/// <param name="DataSet">What it is called.</param>
/// <param name="Split"><c>train</c>, <c>dev</c> or <c>test</c>; empty where it is not divided.</param>
internal sealed record DataSetFile(string Path, string DataSet, string Split);

/// <summary>Tells data sets and their splits by the names of files, as benchmarks have them: <c>mouse_2/train.csv</c>.</summary>
internal static class DataSets
{
    private static readonly string[] endings = [".csv", ".tsv", ".tab", ".txt", ".fa", ".fasta", ".fna"];

    private static readonly Dictionary<string, string> splits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "train", ["dev"] = "dev", ["valid"] = "dev", ["val"] = "dev", ["validation"] = "dev", ["test"] = "test",
    };

    /// <summary>
    /// The files: of a folder with splits, or of one with such folders below it, these; anything else as it is.
    /// </summary>
    /// <param name="input">As written.</param>
    /// <param name="resolve">Finds a relative path.</param>
    /// <exception cref="DataException">A pattern matches nothing.</exception>
    public static IReadOnlyList<DataSetFile> Of(IReadOnlyList<string> input, Func<string, string> resolve)
    {
        var paths = input.SelectMany(written => written.AsSpan().ContainsAny('*', '?') && !Path.Exists(resolve(written))
            ? PathPatterns.Expand([written], resolve).Select(DataFile.Show) : Folder(written, resolve)).ToList();
        var named = paths.Select(path => (Path: path, Folder: Path.GetDirectoryName(Path.GetFullPath(resolve(path))) ?? "",
            Stem: Stem(path))).ToList();
        // Folders of one name are told apart by their whole paths.
        var folders = named.Where(n => splits.ContainsKey(n.Stem)).Select(n => n.Folder).Distinct()
            .ToLookup(folder => Path.GetFileName(folder), StringComparer.Ordinal);
        return [.. named.Select(n => !splits.TryGetValue(n.Stem, out var split) ? new DataSetFile(n.Path, n.Stem, "")
            : new(n.Path, folders[Path.GetFileName(n.Folder)].Count() > 1 ? DataFile.Show(n.Folder) : Path.GetFileName(n.Folder), split))];
    }

    private static IEnumerable<string> Folder(string written, Func<string, string> resolve)
    {
        if (!Directory.Exists(resolve(written))) return [written];
        var own = Splits(written, resolve);
        if (own.Count > 0) return own;
        var below = Directory.EnumerateDirectories(resolve(written)).Order(StringComparer.Ordinal)
            .SelectMany(folder => Splits(Path.Combine(written, Path.GetFileName(folder)), resolve)).ToList();
        return below.Count > 0 ? below : [written];
    }

    private static List<string> Splits(string folder, Func<string, string> resolve) =>
        [.. Directory.EnumerateFiles(resolve(folder)).Select(f => Path.GetFileName(f)).Where(IsSplit)
            .OrderBy(f => Array.IndexOf(["train", "dev", "test"], splits[Stem(f)])).ThenBy(f => f, StringComparer.Ordinal)
            .Select(f => Path.Combine(folder, f))];

    private static bool IsSplit(string name) => splits.ContainsKey(Stem(name))
        && endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith($"{e}.gz", StringComparison.OrdinalIgnoreCase));

    private static string Stem(string path)
    {
        if (path == "-") return "standard input";
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }
}
