namespace PluginHost.Plugins.Mutations;

/// <summary>What one mutation does.</summary>
internal enum EditKind
{
    /// <summary>A base becomes another.</summary>
    Substitution,

    /// <summary>A base is put in, behind <see cref="Edit.Position"/>.</summary>
    Insertion,

    /// <summary>A base is lost.</summary>
    Deletion,
}

/// <summary>One mutation of one base.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Position">In the parent, counted from 1; of an insertion the base before it, 0 at the beginning.</param>
/// <param name="From">The parent's base; - for an insertion.</param>
/// <param name="To">The child's; - for a deletion.</param>
internal readonly record struct Edit(EditKind Kind, int Position, char From, char To)
{
    /// <summary>
    /// A transition is a purine for a purine or a pyrimidine for a pyrimidine, a transversion not; empty where no base becomes another.
    /// </summary>
    public string Change => Kind != EditKind.Substitution || !"ACGT".Contains(From) || !"ACGT".Contains(To) ? ""
        : "AG".Contains(From) == "AG".Contains(To) ? "transition" : "transversion";

    /// <summary>As it is written: <c>A12G</c>.</summary>
    public override string ToString() => $"{From}{Position}{To}";

    /// <summary>
    /// The fewest edits from one sequence to another. Where several ways are as short, substitutions are preferred, and edits stand as far
    /// to the left as that allows.
    /// </summary>
    public static IReadOnlyList<Edit> Between(string parent, string child)
    {
        var start = parent.AsSpan().CommonPrefixLength(child);
        var (m, n) = (parent.Length - start, child.Length - start);
        while (m > 0 && n > 0 && parent[start + m - 1] == child[start + n - 1]) (m, n) = (m - 1, n - 1);
        var cost = new int[m + 1, n + 1];
        for (var i = m; i >= 0; i--)
            for (var j = n; j >= 0; j--)
                cost[i, j] = i == m ? n - j : j == n ? m - i
                    : parent[start + i] == child[start + j] ? cost[i + 1, j + 1]
                    : 1 + Math.Min(cost[i + 1, j + 1], Math.Min(cost[i + 1, j], cost[i, j + 1]));
        List<Edit> edits = [];
        for (var (i, j) = (0, 0); i < m || j < n;)
        {
            if (i < m && j < n && parent[start + i] == child[start + j]) (i, j) = (i + 1, j + 1);
            else if (i < m && j < n && cost[i, j] == 1 + cost[i + 1, j + 1])
                edits.Add(new(EditKind.Substitution, start + i + 1, parent[start + i++], child[start + j++]));
            else if (i < m && cost[i, j] == 1 + cost[i + 1, j])
                edits.Add(new(EditKind.Deletion, start + i + 1, parent[start + i++], '-'));
            else edits.Add(new(EditKind.Insertion, start + i, '-', child[start + j++]));
        }
        return edits;
    }
}
