using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Splitting;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>A pair as it is written.</summary>
/// <param name="Parent">Place of the parent's window among the different ones.</param>
/// <param name="Child">The child's.</param>
/// <param name="ParentName">Of the first such pair.</param>
/// <param name="ChildName">Likewise.</param>
/// <param name="Count">Pairs of the data with these two windows.</param>
internal sealed record WindowPair(int Parent, int Child, string ParentName, string ChildName, int Count);

/// <summary>
/// What is never divided between splits: windows that are alike, and those of a clade, directly or through others between them.
/// </summary>
internal static class PairGroups
{
    /// <summary>The group of each window, numbered from 0.</summary>
    /// <param name="windows">Different ones.</param>
    /// <param name="clades">The clade of each node, or -1.</param>
    /// <param name="windowOf">The window of each node.</param>
    /// <param name="identity">From which windows are alike.</param>
    /// <param name="progress">Told how many windows were compared.</param>
    public static int[] Of(IReadOnlyList<string> windows, IReadOnlyList<int> clades, IReadOnlyList<int> windowOf, double identity,
        Action<long, long>? progress = null)
    {
        var clusters = new SequenceClusters(identity < 1 ? Closeness.ByIdentity(identity) : null);
        foreach (var window in windows) clusters.Add(window);
        var groups = clusters.Groups(progress);
        var joined = Enumerable.Range(0, groups.Length).ToArray();
        var first = new Dictionary<int, int>();
        for (var node = 0; node < windowOf.Count; node++)
        {
            if (clades[node] < 0) continue;
            var group = groups[windowOf[node]];
            if (first.TryGetValue(clades[node], out var other)) joined[Root(group)] = Root(other);
            else first[clades[node]] = group;
        }
        var numbers = new Dictionary<int, int>();
        return [.. groups.Select(g => numbers.TryGetValue(Root(g), out var number) ? number : numbers[Root(g)] = numbers.Count)];

        int Root(int group)
        {
            while (joined[group] != group) group = joined[group] = joined[joined[group]];
            return group;
        }
    }

    /// <summary>The split of each group: 0 train, 1 dev, 2 test. A group weighs as many pairs as have their child in it.</summary>
    public static int[] Deal(IReadOnlyList<WindowPair> pairs, int[] groups, PairsOptions options)
    {
        var weights = new long[groups.Length];
        foreach (var pair in pairs) weights[pair.Child]++;
        return GroupShares.Deal(groups, new int[groups.Length], weights, [1 - options.Dev - options.Test, options.Dev, options.Test],
            options.Seed);
    }
}
