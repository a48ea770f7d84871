namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>Sequences and who descends from whom.</summary>
internal sealed class Lineage
{
    private readonly List<(string Name, string Sequence)> nodes = [];
    private readonly List<(int Parent, int Child)> pairs = [];
    private readonly Dictionary<int, int> parents = [];

    /// <summary>Names and sequences, as written: with gaps where they are aligned.</summary>
    public IReadOnlyList<(string Name, string Sequence)> Nodes => nodes;

    /// <summary>Parents and children by their places among the nodes, in the order of the data.</summary>
    public IReadOnlyList<(int Parent, int Child)> Pairs => pairs;

    /// <summary>Adds a node.</summary>
    /// <returns>Its place.</returns>
    public int Add(string name, string sequence)
    {
        nodes.Add((name, sequence));
        return nodes.Count - 1;
    }

    /// <summary>Adds a pair. Where a child has several parents, the first one places it in a clade.</summary>
    public void Join(int parent, int child)
    {
        pairs.Add((parent, child));
        if (parent != child) parents.TryAdd(child, parent);
    }

    /// <summary>
    /// The ancestor of each node that lies so many branches below its root, itself at the least; -1 for nodes above that.
    /// </summary>
    public int[] Clades(int depth)
    {
        var heads = new int[nodes.Count];
        var line = new List<int>();
        var seen = new HashSet<int>();
        for (var node = 0; node < heads.Length; node++)
        {
            line.Clear();
            seen.Clear();
            // A table may go round in a circle; it is cut where it closes.
            for (var at = node; seen.Add(at); at = parents[at])
            {
                line.Add(at);
                if (!parents.ContainsKey(at)) break;
            }
            heads[node] = line.Count > depth ? line[line.Count - 1 - depth] : -1;
        }
        return heads;
    }
}
