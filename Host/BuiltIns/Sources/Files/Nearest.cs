namespace PluginHost.Host.BuiltIns.Sources.Files;

/// <summary>Finds the names a mistyped one may have meant.</summary>
public static class Nearest
{
    /// <summary>The closest names, best first: those within a third of the name's length in edits, or that contain it.</summary>
    /// <param name="name">As written.</param>
    /// <param name="candidates">What there is.</param>
    /// <param name="count">At most this many.</param>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> candidates, int count = 3)
    {
        var limit = Math.Max(1, name.Length / 3);
        return [.. candidates
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(x => x.distance <= limit || Contains(x.candidate, name))
            .OrderBy(x => x.distance)
            .ThenBy(x => x.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(x => x.candidate)];
    }

    /// <summary>" (did you mean 'label'?)", or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var near = To(name, candidates);
        return near.Count == 0 ? "" : $" (did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?)";
    }

    /// <summary>Some names for a message: the first few, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> names, int count = 8) => names.Count <= count
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(count))} and {names.Count - count:N0} more";

    private static bool Contains(string candidate, string name) =>
        name.Length >= 3 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Edits (insert, delete, replace) without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
