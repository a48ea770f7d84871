namespace PluginHost.Plugins.Bpe.Training;

/// <summary>What stood to the left and right of the places where one pair was merged.</summary>
/// <param name="tokens">Tokens there can be.</param>
internal sealed class Neighbours(int tokens)
{
    private readonly int[] left = new int[tokens];
    private readonly int[] right = new int[tokens];
    private readonly List<int> seen = [];

    /// <summary>Counts one merge.</summary>
    public void Add(ushort before, ushort after)
    {
        if (before != TrainingText.Break && left[before]++ == 0) seen.Add(before);
        if (after != TrainingText.Break && right[after]++ == 0) seen.Add(after);
    }

    /// <summary>
    /// Moves counts from the pairs that the merge broke up to those it made. Merges that touch each other are counted one
    /// after the other, from left to right, so that what one makes the next may break up.
    /// </summary>
    public void Apply(PairCounts counts, int first, int second, int merged)
    {
        foreach (var token in seen)
        {
            if (left[token] > 0)
            {
                counts.Change(token, first, -left[token]);
                counts.Change(token, merged, left[token]);
                left[token] = 0;
            }
            if (right[token] > 0)
            {
                counts.Change(second, token, -right[token]);
                counts.Change(merged, token, right[token]);
                right[token] = 0;
            }
        }
        seen.Clear();
        counts.Remove(first, second);
    }
}
