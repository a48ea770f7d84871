using PluginHost.Host.Models;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>A data set in a folder.</summary>
/// <param name="Path">Relative to the data, with forward slashes; <c>.</c> for the data itself.</param>
/// <param name="Data">How a pipeline reads it.</param>
public sealed record FoundFolder(string Path, ComponentSpec Data);

/// <summary>Looks for data sets in a folder and the folders in it, in every layout that a format of a plugin is certain of.</summary>
public static class DataSetFinder
{
    private const int Deepest = 4;

    /// <summary>All data sets, in the order of their paths. A folder that is one is not looked into.</summary>
    /// <param name="formats">Who knows layouts.</param>
    /// <param name="data">Where to look.</param>
    /// <param name="devShare">Share of the training samples held out for development where there is no dev split.</param>
    /// <param name="genome">FASTA files for tables of places.</param>
    /// <param name="like">How the pipelines read data of their own, which says what columns are called; null for none.</param>
    /// <exception cref="DataException">The folder does not exist.</exception>
    public static IReadOnlyList<FoundFolder> Find(InputFormats formats, string data, double devShare, IReadOnlyList<string> genome,
        ComponentSpec? like = null)
    {
        data = Path.GetFullPath(data);
        if (!Directory.Exists(data))
            throw new DataException(
                $"The folder {DataFile.Show(data)} does not exist; name the folder that holds the data sets with --data.");
        List<FoundFolder> found = [];
        DataFile.Guard(data, () => { Look(data, 0); return true; });
        return [.. found.OrderBy(f => f.Path, StringComparer.Ordinal)];

        void Look(string folder, int depth)
        {
            var file = new InputFile(folder, true, ReadOnlyMemory<byte>.Empty) { DevShare = devShare, Genome = genome, Like = like };
            if (formats.Recognize(file) is { IsGuess: false } reading)
                found.Add(new(Path.GetRelativePath(data, folder).Replace('\\', '/'), reading.Source));
            else if (depth < Deepest)
                foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)) Look(inner, depth + 1);
        }
    }

    /// <summary>
    /// The data sets of a suite among those found, and the names of those that are not there. A suite without data sets takes all that is
    /// found.
    /// </summary>
    public static (IReadOnlyList<(SuiteDataSet DataSet, FoundFolder Folder)> Found, IReadOnlyList<string> Missing) Match(Suite suite,
        IReadOnlyList<FoundFolder> folders)
    {
        if (suite.DataSets.Count == 0)
            return ([.. folders.Select(f => (new SuiteDataSet { Name = Named(f.Path) }, f))], []);
        List<(SuiteDataSet, FoundFolder)> found = [];
        List<string> missing = [];
        foreach (var wanted in suite.DataSets)
        {
            var folder = wanted.Folders.Append(wanted.Name).Select(name => folders.FirstOrDefault(f => Is(f.Path, name)))
                .FirstOrDefault(f => f is not null);
            if (folder is null) missing.Add(wanted.Name);
            else found.Add((wanted, folder));
        }
        return (found, missing);
    }

    private static bool Is(string path, string name) =>
        path.Equals(name, StringComparison.OrdinalIgnoreCase) || path.EndsWith('/' + name, StringComparison.OrdinalIgnoreCase);

    private static string Named(string path) => path == "." ? "data"
        : string.Concat(path.Replace('/', '_').Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-'))
        .TrimStart('.', '-', '_');
}
