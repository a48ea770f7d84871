namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>Shuffles a sequence so that every k letters in a row occur exactly as often as before: k = 2 keeps dinucleotides.</summary>
/// <remarks>
/// The sequence is a walk along the edges of a graph whose points are its (k - 1)-letter words; every other walk that uses each edge once
/// is
/// a shuffled sequence with the same counts (Altschul and Erickson 1985). The last edge out of each point is drawn as a random tree towards
/// the last word by
/// loop-erased walks (Wilson 1996), the others at random, which makes all arrangements equally likely (Jiang et al. 2008, uShuffle).
/// </remarks>
/// <param name="k">Letters in a row whose counts stay: at least 1.</param>
internal sealed class KletShuffle(int k)
{
    /// <summary>Shuffles. The first and last k - 1 letters stay in place.</summary>
    public string Shuffle(string sequence, SeededRandom random)
    {
        if (sequence.Length <= k) return k == 1 ? Letters(sequence, random) : sequence;
        return k == 1 ? Letters(sequence, random) : Walk(sequence, random);
    }

    private static string Letters(string sequence, SeededRandom random)
    {
        var letters = sequence.ToCharArray();
        random.Shuffle(letters.AsSpan());
        return new(letters);
    }

    private string Walk(string sequence, SeededRandom random)
    {
        var (points, path) = Points(sequence);
        var edges = new List<int>[points];
        for (var p = 0; p < points; p++) edges[p] = [];
        for (var i = 1; i < path.Length; i++) edges[path[i - 1]].Add(path[i]);

        var root = path[^1];
        var lastEdge = Tree(edges, root, random);
        for (var p = 0; p < points; p++)
        {
            var outgoing = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(edges[p]);
            if (p != root)
            {
                (outgoing[lastEdge[p]], outgoing[^1]) = (outgoing[^1], outgoing[lastEdge[p]]);
                outgoing = outgoing[..^1];
            }
            random.Shuffle(outgoing);
        }

        var letterOf = new char[points];
        for (var i = 0; i < path.Length; i++) letterOf[path[i]] = sequence[i + k - 2];
        var result = new char[sequence.Length];
        sequence.AsSpan(0, k - 1).CopyTo(result);
        var used = new int[points];
        var at = path[0];
        for (var i = k - 1; i < result.Length; i++)
        {
            at = edges[at][used[at]++];
            result[i] = letterOf[at];
        }
        return new(result);
    }

    /// <summary>Numbers the words of k - 1 letters; the path is the sequence in these numbers.</summary>
    private (int Count, int[] Path) Points(string sequence)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var path = new int[sequence.Length - k + 2];
        for (var i = 0; i < path.Length; i++)
        {
            var word = sequence.AsSpan(i, k - 1);
            if (!lookup.TryGetValue(word, out path[i])) lookup[word] = path[i] = numbers.Count;
        }
        return (numbers.Count, path);
    }

    /// <summary>For each point but the root, the edge (by index) that leads on towards it.</summary>
    private static int[] Tree(List<int>[] edges, int root, SeededRandom random)
    {
        var next = new int[edges.Length];
        var inTree = new bool[edges.Length];
        inTree[root] = true;
        for (var p = 0; p < edges.Length; p++)
        {
            for (var at = p; !inTree[at]; at = edges[at][next[at]]) next[at] = (int)random.Next(edges[at].Count);
            for (var at = p; !inTree[at]; at = edges[at][next[at]]) inTree[at] = true;
        }
        return next;
    }
}
