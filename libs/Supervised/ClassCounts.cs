namespace PluginHost.Libs.Supervised;

/// <summary>What follows from how often each class occurs in training.</summary>
public static class ClassCounts
{
    /// <summary>
    /// Items / (occurring classes * items of the class), so that every class counts the same in all; 1 for one that never occurs.
    /// </summary>
    /// <param name="counts">Items of each class.</param>
    public static double[] Balanced(IReadOnlyList<long> counts)
    {
        var (total, occurring) = (counts.Sum(), counts.Count(c => c > 0));
        return [.. counts.Select(c => c == 0 ? 1 : (double)total / occurring / c)];
    }
}
