using System.IO.Enumeration;

namespace PluginHost.Libs.Files;

/// <summary>Turns the paths written in a pipeline into files: <c>*</c> and <c>?</c> stand for parts of a name.</summary>
public static class PathPatterns
{
    /// <summary>All files meant, patterns in the order written, a pattern's files by name; each file once.</summary>
    /// <param name="patterns">Paths or patterns.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <exception cref="DataException">A pattern that matches no file.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> patterns, Func<string, string> resolve)
    {
        var files = new List<string>();
        foreach (var written in patterns)
        {
            var pattern = HomeFolder.Expand(written);
            if (!IsPattern(pattern) || File.Exists(resolve(pattern)))
            {
                files.Add(Path.GetFullPath(resolve(pattern)));
                continue;
            }
            var found = Match(Path.GetFullPath(pattern));
            if (found.Count == 0) found = Match(Path.GetFullPath(resolve(pattern)));
            if (found.Count == 0)
                throw new DataException(
                    $"No file matches '{written}'; patterns are relative to the working directory or to the pipeline file.");
            files.AddRange(found);
        }
        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>As <see cref="Expand"/>, but what is not there stays as it is written, in full.</summary>
    public static IReadOnlyList<string> Meant(IEnumerable<string> patterns, Func<string, string> resolve) =>
        [.. patterns.SelectMany(pattern =>
        {
            try { return Expand([pattern], resolve); }
            catch (DataException) { return [Path.GetFullPath(resolve(pattern))]; }
        })];

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static IReadOnlyList<string> Match(string full)
    {
        var root = Path.GetPathRoot(full)!;
        var parts = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> found = [root];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var last = i == parts.Length - 1;
            found = [.. found.SelectMany(folder => Step(folder, part, last))];
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Step(string folder, string part, bool last)
    {
        if (!IsPattern(part))
        {
            var path = Path.Combine(folder, part);
            return (last ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }
        var entries = last ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder);
        return DataFile.Guard(folder, () =>
            entries.Where(e => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(e), ignoreCase: false)).ToArray());
    }
}
