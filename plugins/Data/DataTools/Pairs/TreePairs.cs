using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Trees;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>A pair for every branch of a tree.</summary>
internal static class TreePairs
{
    /// <summary>Reads tree and sequences and fills in the ancestors.</summary>
    /// <exception cref="DataException">Either is malformed, or they do not name the same.</exception>
    public static Lineage Read(PairsOptions options)
    {
        var tree = NewickTree.Read(options.Tree!);
        var records = AlignedSequences.Read(options.Data, null);
        var byName = records.ToDictionary(r => r.Name, r => r.Sequence, StringComparer.Ordinal);
        var names = tree.Leaves.Select(l => l.Name).ToList();
        if (names.Find(n => !byName.ContainsKey(n)) is { } missing)
            throw new DataException($"{DataFile.Show(tree.Path)}: the leaf '{missing}' has no sequence in {DataFile.Show(options.Data)}"
                + $"{Nearest.Hint(missing, [.. byName.Keys])}; add it, or prune the leaf.");
        var leaves = names.ToHashSet(StringComparer.Ordinal);
        if (records.FirstOrDefault(r => !leaves.Contains(r.Name)) is { } homeless)
            throw new DataException($"{DataFile.Show(options.Data)}: '{homeless.Name}' is no leaf of {DataFile.Show(tree.Path)}"
                + $"{Nearest.Hint(homeless.Name, names)}; add it to the tree, or remove the record.");

        var sequences = Parsimony.Reconstruct(tree.Root, tree.Leaves.ToDictionary(l => l, l => byName[l.Name]));
        var lineage = new Lineage();
        var places = new Dictionary<NewickNode, int>();
        foreach (var node in Parsimony.Preorder(tree.Root))
        {
            places[node] = lineage.Add(Named(node) && (node.Children.Count == 0 || !leaves.Contains(node.Name)) ? node.Name
                : $"node{places.Count + 1}", sequences[node]);
            if (node.Parent is { } parent) lineage.Join(places[parent], places[node]);
        }
        return lineage;
    }

    /// <summary>A number at an inner node is how sure the branch is, not a name.</summary>
    private static bool Named(NewickNode node) => node.Children.Count == 0 || (node.Name.Length > 0
        && !double.TryParse(node.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
