namespace PluginHost.Plugins.Mutations;

/// <summary>
/// The most frequent mutations of training as a predictor: of a parent, each of the most frequent single substitutions that fit it, alone.
/// Positions are those of the training parents, so sequences must be of one stretch of a genome.
/// </summary>
internal sealed class TrainedMutations
{
    private readonly List<(int Position, char From, char To)> frequent;

    public TrainedMutations(IEnumerable<TruePair> train) => frequent = [.. train
        .Where(p => p.IsChanged && p.Parent.Length == p.Child.Length)
        .SelectMany(p => Edit.Between(p.Parent, p.Child)).Where(e => e.Kind == EditKind.Substitution)
        .GroupBy(e => (e.Position, e.From, e.To)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key)];

    /// <summary>The children it expects, the likeliest first; the parent itself where nothing fits.</summary>
    public IReadOnlyList<string> Of(string parent, int count)
    {
        List<string> children = [.. frequent.Where(m => m.Position <= parent.Length && parent[m.Position - 1] == m.From).Take(count)
            .Select(m => string.Concat(parent.AsSpan(0, m.Position - 1), [m.To], parent.AsSpan(m.Position)))];
        return children.Count > 0 ? children : [parent];
    }
}
