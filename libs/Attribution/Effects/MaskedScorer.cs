using PluginHost.Libs.Attribution.Mutations;

namespace PluginHost.Libs.Attribution.Effects;

using static TorchSharp.torch;

/// <summary>
/// Masked-marginal ratios: all tokens that cover a base are hidden, and the model is asked how likely each base is there. One pass a position
/// serves its three substitutions. Tokens that are likelier by another length of theirs do not count: of those as long as the hidden one, the
/// shares are summed by the base at the place.
/// </summary>
public sealed class MaskedScorer : IMutationScorer
{
    private const int UsualTokens = 16384;

    private readonly TrainedModel model;
    private readonly string role;
    private readonly int? batchTokens;
    private readonly Dictionary<(int Length, int Offset), Tensor> bases = [];

    /// <param name="model">Masked, with a head that predicts tokens.</param>
    /// <param name="batchTokens">Tokens computed at once.</param>
    public MaskedScorer(TrainedModel model, int? batchTokens) =>
        (this.model, this.batchTokens, role) = (model, batchTokens, TokenRole(model)!);

    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs { get; } = ["masked_marginal"];

    /// <inheritdoc/>
    public string Meaning => "difference = ln P(alternative) - ln P(reference) at the base while all tokens that cover it are hidden, mean over "
        + "them; deletions have none.";

    /// <summary>Whether a model can be asked so.</summary>
    public static bool Serves(TrainedModel model) => model.Tokenizer.Vocabulary.Mask is not null && !model.Backbone.Shape.Causal
        && model.Tokenizer.Revealing.Count == 0 && TokenRole(model) is not null;

    private static string? TokenRole(TrainedModel model) =>
        model.Heads.FirstOrDefault(h => h.Value.Predicts == "M V" && h.Value.Reads.All(s => s == StreamKey.Hidden)).Key;

    /// <inheritdoc/>
    public MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation)
    {
        var whole = model.Tokenizer.Encode(sample, new());
        var places = mutations.Select(m => m.Position).Distinct()
            .Where(p => whole.Spans.Any(s => s.Start <= p && p < s.End)).ToList();
        var logs = new Dictionary<int, double[]>();
        foreach (var few in places.Chunk(Math.Max(1, (batchTokens ?? UsualTokens) / whole.Ids.Length)))
        {
            cancellation.ThrowIfCancellationRequested();
            Read(whole, few, logs);
            done(few.Length * 3);
        }
        var difference = mutations.Select(m => new[]
        {
            !m.IsDeletion && logs.TryGetValue(m.Position, out var at)
                ? (float)(at[Mutation.Bases.IndexOf(m.Alternative)] - at[Mutation.Bases.IndexOf(m.Reference)]) : float.NaN,
        }).ToArray();
        return new(sample, Outputs, [float.NaN], mutations, [.. mutations.Select(_ => new[] { float.NaN })], difference, null);
    }

    private void Read(EncodedSequence whole, int[] positions, Dictionary<int, double[]> logs)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var mask = model.Tokenizer.Vocabulary.Mask!.Value;
        List<long> asked = [];
        List<(int Position, BaseSpan Span)> meant = [];
        var shown = positions.Select((position, b) =>
        {
            var ids = (int[])whole.Ids.Clone();
            for (var t = 0; t < ids.Length; t++)
            {
                if (whole.Spans[t].Start > position || position >= whole.Spans[t].End) continue;
                ids[t] = mask;
                asked.Add((long)b * ids.Length + t);
                meant.Add((position, whole.Spans[t]));
            }
            return whole.WithIds(ids);
        }).ToList();
        var placed = model.Place(Collation.Pad([], shown, model.Tokenizer.Vocabulary.Pad ?? 0)
            .Set(Keys.Positions, tensor(asked.ToArray())));
        var shares_MV = model.Predict(model.Forward(placed), placed)[role].to_type(ScalarType.Float32).softmax(-1);
        var sums = new Dictionary<int, (double[] Logs, int Count)>();
        foreach (var group in Enumerable.Range(0, meant.Count)
            .GroupBy(n => (meant[n].Span.Length, meant[n].Position - meant[n].Span.Start)))
        {
            var rows = group.ToList();
            var picked_NV = shares_MV.index_select(0, tensor(rows.Select(r => (long)r).ToArray(), device: model.Device));
            var bases_N4 = picked_NV.matmul(Table(group.Key.Length, group.Key.Item2)).cpu().data<float>().ToArray();
            for (var n = 0; n < rows.Count; n++)
            {
                if (!sums.TryGetValue(meant[rows[n]].Position, out var sum)) sum = (new double[4], 0);
                for (var a = 0; a < 4; a++) sum.Logs[a] += Math.Log(Math.Max(bases_N4[n * 4 + a], 1e-12f));
                sums[meant[rows[n]].Position] = (sum.Logs, sum.Count + 1);
            }
        }
        foreach (var (position, (sum, count)) in sums) logs[position] = [.. sum.Select(s => s / count)];
    }

    /// <summary>Which base each token of a length has at a place, "V 4".</summary>
    private Tensor Table(int length, int offset)
    {
        if (bases.TryGetValue((length, offset), out var known)) return known;
        var vocabulary = model.Tokenizer.Vocabulary;
        var held = new float[vocabulary.Count, 4];
        foreach (var id in vocabulary.Regular)
            if (vocabulary.Tokens[id] is var text && text.Length == length && Mutation.Bases.IndexOf(text[offset]) is >= 0 and var a)
                held[id, a] = 1;
        return bases[(length, offset)] = tensor(held).to(model.Device).DetachFromDisposeScope();
    }
}
