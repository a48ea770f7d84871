using PluginHost.Host.BuiltIns.Sources.Files;
using PluginHost.Host.BuiltIns.Sources.Labelled;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>A data set in a folder.</summary>
/// <param name="Path">Relative to the data, with forward slashes; <c>.</c> for the data itself.</param>
/// <param name="Data">How a pipeline reads it.</param>
public sealed record FoundFolder(string Path, ComponentSpec Data);

/// <summary>Looks for data sets in a folder and the folders in it, in every layout that benchmarks use.</summary>
public static class DataSetFinder
{
    private const int Deepest = 4;
    private static readonly string[] tables = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    /// <summary>All data sets, in the order of their paths. A folder that is one is not looked into.</summary>
    /// <param name="data">Where to look.</param>
    /// <param name="devShare">Share of the training samples held out for development where there is no dev split.</param>
    /// <param name="genome">FASTA files for tables of places.</param>
    /// <exception cref="DataException">The folder does not exist.</exception>
    public static IReadOnlyList<FoundFolder> Find(string data, double devShare, IReadOnlyList<string> genome)
    {
        data = Path.GetFullPath(data);
        if (!Directory.Exists(data)) throw new DataException($"The folder {DataFile.Show(data)} does not exist; name the folder that holds the data sets with --data.");
        List<FoundFolder> found = [];
        DataFile.Guard(data, () => { Look(data, 0); return true; });
        return [.. found.OrderBy(f => f.Path, StringComparer.Ordinal)];

        void Look(string folder, int depth)
        {
            if (Layout(folder, devShare, genome) is { } spec) found.Add(new(Path.GetRelativePath(data, folder).Replace('\\', '/'), spec));
            else if (depth < Deepest)
                foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)) Look(inner, depth + 1);
        }
    }

    /// <summary>How the data set of a folder is read, or null when it is none: train and test tables, folders of classes, or FASTA files with labels.</summary>
    public static ComponentSpec? Layout(string folder, double devShare, IReadOnlyList<string> genome)
    {
        if (Table(folder, "train") is { } train && Table(folder, "test") is not null)
        {
            var options = new Dictionary<string, object?> { ["folder"] = folder };
            if (new[] { "dev", "valid", "val", "validation" }.All(n => Table(folder, n) is null)) HoldOut(options);
            if (SequenceColumn.In(SequenceColumn.HeaderOf(train)) is { } column && column != "sequence") options["sequence"] = column;
            return new("table", options);
        }
        if (LabelledFasta.Files(folder) is var fasta && fasta.ContainsKey(Split.Train) && fasta.ContainsKey(Split.Test))
        {
            var options = new Dictionary<string, object?> { ["folder"] = folder };
            if (!fasta.ContainsKey(Split.Dev)) HoldOut(options);
            return new("labelled-fasta", options);
        }
        if (ClassFolders.Fits(folder) && ClassFolders.Splits(folder) is var splits && splits.ContainsKey(Split.Test))
        {
            var options = new Dictionary<string, object?> { ["path"] = folder };
            if (!splits.ContainsKey(Split.Dev)) HoldOut(options);
            if (genome.Count > 0) options["genome"] = genome.Select(Path.GetFullPath).ToList();
            return new("class-folders", options);
        }
        return null;

        void HoldOut(Dictionary<string, object?> options)
        {
            if (devShare > 0) options["devShare"] = devShare;
        }
    }

    /// <summary>The data sets of a suite among those found, and the names of those that are not there. A suite without data sets takes all that is found.</summary>
    public static (IReadOnlyList<(SuiteDataSet DataSet, FoundFolder Folder)> Found, IReadOnlyList<string> Missing) Match(Suite suite, IReadOnlyList<FoundFolder> folders)
    {
        if (suite.DataSets.Count == 0)
            return ([.. folders.Select(f => (new SuiteDataSet { Name = Named(f.Path) }, f))], []);
        List<(SuiteDataSet, FoundFolder)> found = [];
        List<string> missing = [];
        foreach (var wanted in suite.DataSets)
        {
            var folder = wanted.Folders.Append(wanted.Name).Select(name => folders.FirstOrDefault(f => Is(f.Path, name))).FirstOrDefault(f => f is not null);
            if (folder is null) missing.Add(wanted.Name);
            else found.Add((wanted, folder));
        }
        return (found, missing);
    }

    private static bool Is(string path, string name) =>
        path.Equals(name, StringComparison.OrdinalIgnoreCase) || path.EndsWith('/' + name, StringComparison.OrdinalIgnoreCase);

    private static string Named(string path) => path == "." ? "data" : string.Concat(path.Replace('/', '_').Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-')).TrimStart('.', '-', '_');

    private static string? Table(string folder, string name) => tables.Select(e => Path.Combine(folder, name + e)).FirstOrDefault(File.Exists);
}
