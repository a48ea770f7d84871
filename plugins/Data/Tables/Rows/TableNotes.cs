using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Tables.Rows;

/// <summary>What is worth knowing about splits: labels, duplicates, and rows that are in two splits.</summary>
internal static class TableNotes
{
    private const int MostLabels = 20;

    /// <summary>One sentence on a split.</summary>
    public static IEnumerable<string> Describe(Split split, IReadOnlyList<Sample> samples, string? pair)
    {
        var name = Name(split);
        var lengths = samples.Select(s => s.Sequence.Length);
        var (shortest, longest) = (lengths.Min(), lengths.Max());
        yield return $"{name}: {Wording.Counted(samples.Count, "row")} of "
            + $"{(shortest == longest ? $"{shortest:N0}" : $"{shortest:N0} to {longest:N0}")} bases{Labels(samples)}.";

        var seen = new Dictionary<(string, string?), string?>();
        var (again, conflicting) = (0L, 0L);
        foreach (var sample in samples)
        {
            if (seen.TryAdd(Key(sample, pair), sample.Label)) continue;
            again++;
            if (seen[Key(sample, pair)] != sample.Label) conflicting++;
        }
        if (again > 0)
            yield return $"{name}: {Wording.Counted(again, "row")} repeat{(again == 1 ? "s" : "")} an earlier sequence "
                + $"({Wording.Share(again, samples.Count)})"
                + (conflicting > 0 ? $", {conflicting:N0} of them with another label." : ".");
    }

    /// <summary>Rows of the later splits that are also in an earlier one.</summary>
    public static IEnumerable<string> Leaks(IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)> splits, string? pair)
    {
        for (var i = 0; i < splits.Count; i++)
        {
            var earlier = splits[i].Samples.Select(s => Key(s, pair)).ToHashSet();
            for (var j = i + 1; j < splits.Count; j++)
            {
                var shared = splits[j].Samples.Count(s => earlier.Contains(Key(s, pair)));
                if (shared > 0)
                    yield return $"{Wording.Counted(shared, "row")} of {Name(splits[j].Split)} "
                        + $"({Wording.Share(shared, splits[j].Samples.Count)}) {(shared == 1 ? "is" : "are")} also in "
                        + $"{Name(splits[i].Split)}: scores on {(shared == 1 ? "it" : "them")} are not held out.";
            }
        }
    }

    /// <summary>What makes two rows the same sample.</summary>
    public static (string, string?) Key(Sample sample, string? pair) => (sample.Sequence, pair is null ? null : sample.Text(pair));

    public static string Name(Split split) => split.ToString().ToLowerInvariant();

    private static string Labels(IReadOnlyList<Sample> samples)
    {
        var counts = samples.Where(s => s.Label is not null).GroupBy(s => s.Label!).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Count: g.Count())).ToList();
        if (counts.Count == 0) return "";
        var missing = samples.Count - counts.Sum(c => c.Count);
        var shown = counts.Count <= MostLabels
            ? $"; labels {string.Join(", ", counts.Select(c => $"'{c.Key}' {c.Count:N0}"))}"
            : $"; {counts.Count:N0} different labels";
        return missing > 0 ? $"{shown}, none {missing:N0}" : shown;
    }
}
