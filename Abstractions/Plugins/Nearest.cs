namespace PluginHost;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>" (did you mean 'k'?)", or nothing when no candidate is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates)
    {
        var near = To(word, candidates);
        return near.Count == 0 ? "" : $" (did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?)";
    }

    /// <summary>At most three candidates near a word, nearest first.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> candidates) =>
        [.. candidates.Distinct()
            .Select(c => (Name: c, Distance: Distance(Plain(word), Plain(c))))
            .Where(c => c.Distance <= Math.Max(1, (Math.Max(word.Length, c.Name.Length) + 1) / 3) || Contains(word, c.Name))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(3).Select(c => c.Name)];

    /// <summary>Lower case without separators: <c>LongName</c>, <c>long-name</c> and <c>long_name</c> are the same.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Insertions, deletions, substitutions and transpositions of neighbours (Damerau 1964, optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), substitution);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }

    private static bool Contains(string word, string candidate)
    {
        var (w, c) = (Plain(word), Plain(candidate));
        return w.Length >= 3 && c.Length >= 3 && (c.Contains(w, StringComparison.Ordinal) || w.Contains(c, StringComparison.Ordinal));
    }
}
