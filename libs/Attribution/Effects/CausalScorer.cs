using PluginHost.Libs.Attribution.Mutations;

namespace PluginHost.Libs.Attribution.Effects;

using static TorchSharp.torch;

/// <summary>
/// Likelihood ratios of a model in which no token sees a later one: log P(mutant) - log P(wild type of the same length). Mutants are taken in
/// the order of the first token they change; what stands before it is computed once for many of them and its keys and values are shared.
/// </summary>
public sealed class CausalScorer : IMutationScorer
{
    private const int UsualTokens = 16384;

    private readonly TrainedModel model;
    private readonly IIncremental incremental;
    private readonly Head head;
    private readonly long tokens;

    /// <param name="model">Causal, with a head that predicts tokens.</param>
    /// <param name="batchTokens">Tokens computed at once.</param>
    public CausalScorer(TrainedModel model, int? batchTokens)
    {
        this.model = model;
        tokens = batchTokens ?? UsualTokens;
        incremental = (IIncremental)model.Backbone;
        head = TokenHead(model)!;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs { get; } = ["log_likelihood"];

    /// <inheritdoc/>
    public string Meaning => "difference = log P(mutant) - log P(wild type), natural logarithms of the likelihood of the whole sequence but its "
        + "first token; a deletion is compared with the sequence without its last base.";

    /// <summary>Whether a model can be asked so.</summary>
    public static bool Serves(TrainedModel model) => model.Backbone is IIncremental incremental && incremental.Grows == Keys.InputIds
        && model.Backbone.Shape.Causal && TokenHead(model) is not null;

    private static Head? TokenHead(TrainedModel model) => model.Heads.Values.FirstOrDefault(h => h.Predicts.Split(' ')[^1] == "V"
        && h.Reads.All(s => s == StreamKey.Hidden || s == StreamKey.Decoder));

    /// <inheritdoc/>
    public MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation)
    {
        var source = new MutantSource(sample, mutations);
        var encodings = new int[source.Count][];
        for (var i = 0; i < encodings.Length; i++)
            encodings[i] = model.Tokenizer.Encode(source.Get(i, new SeededRandom(0)), new(SpecialTokens: true)).Ids;
        var wild = encodings[0];
        var prefix = Likelihoods(wild);
        var likelihood = new double[encodings.Length];
        likelihood[0] = prefix[^1];
        // By the first token that differs: its predecessors are the wild type's.
        var order = Enumerable.Range(1, encodings.Length - 1).Select(i => (Index: i, Same: Same(wild, encodings[i])))
            .OrderBy(p => p.Same).ThenBy(p => encodings[p.Index].Length).ToList();
        for (var n = 0; n < order.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var (shared, length) = (Math.Max(order[n].Same, 1), 0);
            var rows = new List<int>();
            for (; n < order.Count; n++)
            {
                var longer = Math.Max(length, encodings[order[n].Index].Length);
                // A new group where the next would compute much again that could be shared.
                if (rows.Count > 0 && ((rows.Count + 1L) * (longer - shared + 1) > tokens
                    || (order[n].Same - shared) * 4 > longer - shared && rows.Count >= 32)) break;
                (length, _) = (longer, 0);
                rows.Add(order[n].Index);
            }
            var sums = Continued(wild.AsSpan(0, shared - 1), [.. rows.Select(r => encodings[r].AsMemory(shared - 1))]);
            for (var r = 0; r < rows.Count; r++) likelihood[rows[r]] = prefix[shared - 1] + sums[r];
            done(rows.Count);
        }
        var difference = mutations.Select((m, i) =>
            new[] { (float)(likelihood[i + MutantSource.WildTypes] - likelihood[MutantSource.WildTypeOf(m)]) }).ToArray();
        return new(sample, Outputs, [(float)likelihood[0]], mutations,
            [.. mutations.Select((_, i) => new[] { (float)likelihood[i + MutantSource.WildTypes] })], difference, null);
    }

    private static int Same(int[] one, int[] other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same]) same++;
        return same;
    }

    /// <summary>Log-likelihood of the tokens up to each, axis T.</summary>
    private double[] Likelihoods(int[] ids)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var state = Start(1);
        using var batch = Columns([ids]);
        var logs_T = Gathered(state, batch, [ids]);
        var sums = new double[ids.Length];
        for (var t = 1; t < ids.Length; t++) sums[t] = sums[t - 1] + logs_T[0][t - 1];
        return sums;
    }

    /// <summary>Log-likelihood of rows after what they share; the first token of each is given, the others are asked for.</summary>
    private double[] Continued(ReadOnlySpan<int> shared, IReadOnlyList<ReadOnlyMemory<int>> rows)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var state = Start(1);
        if (shared.Length > 0)
        {
            using var first = Columns([shared.ToArray()]);
            incremental.Continue(first, state);
        }
        state.Reorder(zeros([rows.Count], ScalarType.Int64, model.Device));
        var ids = rows.Select(r => r.ToArray()).ToArray();
        using var batch = Columns(ids);
        return [.. Gathered(state, batch, ids).Select(logs => logs.Sum(l => (double)l))];
    }

    private DecodingState Start(int rows)
    {
        using var first = Columns([.. Enumerable.Repeat(new[] { 0 }, rows)]);
        return incremental.Start(first);
    }

    /// <summary>Log-probability of each row's second and later tokens.</summary>
    private float[][] Gathered(DecodingState state, Batch batch, int[][] ids)
    {
        var output = incremental.Continue(batch, state);
        var columns = batch.Axis("T");
        List<long> places = [], next = [];
        for (var b = 0; b < ids.Length; b++)
            for (var t = 1; t < ids[b].Length; t++)
            {
                places.Add(b * columns + t - 1);
                next.Add(ids[b][t]);
            }
        if (places.Count == 0) return [.. ids.Select(_ => Array.Empty<float>())];
        batch.Set(Keys.Positions, tensor(places.ToArray(), device: model.Device));
        var scores_MV = head.Forward(output, batch).to_type(ScalarType.Float32);
        var next_M1 = tensor(next.ToArray(), device: model.Device).unsqueeze(1);
        var logs = (scores_MV.gather(1, next_M1).squeeze(1) - scores_MV.logsumexp(1)).cpu().data<float>().ToArray();
        var from = 0;
        return [.. ids.Select(row =>
        {
            var piece = logs[from..(from + Math.Max(row.Length - 1, 0))];
            from += piece.Length;
            return piece;
        })];
    }

    private Batch Columns(int[][] ids)
    {
        var encodings = ids.Select(row => new EncodedSequence(row, new BaseSpan[row.Length])).ToList();
        var batch = Collation.Pad([], encodings, model.Tokenizer.Vocabulary.Pad ?? 0);
        foreach (var key in model.Backbone.Reads.Where(k => !batch.TryGet(k, out _) && k.Axes == Keys.InputIds.Axes))
            batch.Set(key, zeros([ids.Length, batch.Axis("T")], key.Type));
        return model.Place(batch);
    }
}
