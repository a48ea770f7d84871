using System.Numerics;
using PluginHost.Libs.Genomics.Trees;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>
/// Sequences of a tree's inner nodes with the fewest changes: Fitch (1971) for two children, Hartigan (1973) for more. Each column by
/// itself, a gap as a fifth state, an ambiguity code as any of its bases.
/// </summary>
/// <remarks>
/// Of equally good states a node has its parent's where that is among them, else, as the root, the first of A, C, G, T, -.
/// </remarks>
internal static class Parsimony
{
    private const string States = "ACGT-";

    /// <summary>Sequences of all nodes.</summary>
    /// <param name="root">Of the tree.</param>
    /// <param name="leaves">The sequence of each leaf, all of one length.</param>
    /// <returns>A leaf's sequence is its own but for ambiguity codes, which become the base of least change.</returns>
    public static IReadOnlyDictionary<NewickNode, string> Reconstruct(NewickNode root, IReadOnlyDictionary<NewickNode, string> leaves)
    {
        var order = Preorder(root);
        var sets = new Dictionary<NewickNode, byte[]>();
        foreach (var node in Enumerable.Reverse(order))
            sets[node] = node.Children.Count == 0 ? [.. leaves[node].Select(Set)] : Best([.. node.Children.Select(c => sets[c])]);
        var sequences = new Dictionary<NewickNode, string>();
        foreach (var node in order)
        {
            var parent = node.Parent is { } above ? sequences[above] : null;
            sequences[node] = string.Create(sets[node].Length, (sets[node], parent), static (text, from) =>
            {
                for (var i = 0; i < text.Length; i++)
                    text[i] = from.parent is { } given && (from.Item1[i] & Set(given[i])) != 0 ? given[i]
                        : States[BitOperations.TrailingZeroCount(from.Item1[i])];
            });
        }
        return sequences;
    }

    /// <summary>All nodes, parents before their children.</summary>
    public static IReadOnlyList<NewickNode> Preorder(NewickNode root)
    {
        List<NewickNode> order = [];
        var left = new Stack<NewickNode>([root]);
        while (left.TryPop(out var node))
        {
            order.Add(node);
            foreach (var child in node.Children.Reverse()) left.Push(child);
        }
        return order;
    }

    /// <summary>The states that most children allow: for two children their intersection, or their union where that is empty.</summary>
    private static byte[] Best(byte[][] children)
    {
        var best = new byte[children[0].Length];
        for (var i = 0; i < best.Length; i++)
        {
            var most = 0;
            for (var state = 0; state < States.Length; state++)
            {
                var count = children.Count(c => (c[i] >> state & 1) != 0);
                if (count > most) (most, best[i]) = (count, 0);
                if (count == most && count > 0) best[i] |= (byte)(1 << state);
            }
        }
        return best;
    }

    private static byte Set(char code) => code switch
    {
        'A' => 1,
        'C' => 2,
        'G' => 4,
        'T' => 8,
        '-' => 16,
        'R' => 5,
        'Y' => 10,
        'S' => 6,
        'W' => 9,
        'K' => 12,
        'M' => 3,
        'B' => 14,
        'D' => 13,
        'H' => 11,
        'V' => 7,
        _ => 15,
    };
}
