using PluginHost.Torch.Native;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// Attention with dropout on its shares, some queries at a time: scores of all pairs never stand in memory together, and the backward
/// pass computes them again (as Dao et al. 2022, algorithm 4, in pieces of queries only). Scores and softmax are in float32.
/// </summary>
internal sealed class DroppedAttention : autograd.SingleTensorFunction<DroppedAttention>
{
    // Scores made at a time: 16 MiB in single precision. Cut by size alone, so that results do not depend on the thread count.
    private const long Scores = 1 << 22;

    // From here on keeping scores for the backward pass costs more memory than computing them again costs time.
    private const long Large = 1 << 23;

    public override string Name => nameof(DroppedAttention);

    /// <summary>Whether there are so many scores that they had better not all be kept.</summary>
    internal static bool IsLarge(Tensor query, Tensor key) =>
        query.shape[..^1].Aggregate(1L, static (product, size) => product * size) * key.shape[^2] >= Large;

    /// <summary>By single operators, which keep all scores.</summary>
    internal static Tensor Plain(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, double scale)
    {
        using var scope = NewDisposeScope();
        // Scaling the queries instead of the scores touches E numbers a query instead of T.
        var scores = (query * scale).matmul(key.transpose(-2, -1));
        if (mask is not null) scores = scores + mask;
        return Extras.dropout(scores.softmax(-1), p).matmul(value).MoveToOuterDisposeScope();
    }

    internal static Tensor Apply(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, double scale) =>
        apply(query, key, value, mask!, p, RandomState.Draw(), scale);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = new Call(
            (Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], vars[3] as Tensor, (double)vars[4], (ulong)vars[5], (double)vars[6]);
        ctx.save_for_backward(call.Mask is null ? [call.Query, call.Key, call.Value] : [call.Query, call.Key, call.Value, call.Mask]);
        ctx.save_data("p", call.P);
        ctx.save_data("seed", call.Seed);
        ctx.save_data("scale", call.Scale);
        using var scope = NewDisposeScope();
        var pieces = call.Starts()
            .Select(start => call.Drop(call.Shares(start), start).to_type(call.Value.dtype).matmul(call.Value)).ToList();
        return (pieces.Count == 1 ? pieces[0] : cat(pieces, -2)).MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        if (is_grad_enabled() && grad_output.requires_grad)
            throw new NotSupportedException("attention in pieces has no second derivative: use fewer tokens, or no dropout");
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var call = new Call(saved[0], saved[1], saved[2], saved.Count > 3 ? saved[3] : null,
            (double)ctx.get_data("p"), (ulong)ctx.get_data("seed"), (double)ctx.get_data("scale"));
        var queries = new List<Tensor>();
        Tensor? keys = null, values = null;
        foreach (var start in call.Starts())
        {
            using var piece = NewDisposeScope();
            var (query, gradient) = (call.Part(call.Query, start), call.Part(grad_output, start).to_type(call.Value.dtype));
            var shares = call.Shares(start);
            var ofValues = call.Drop(shares, start).to_type(call.Value.dtype).transpose(-2, -1).matmul(gradient);
            // The derivative of dropout is dropout with the same seed; softmax's needs the undropped shares.
            var ofShares = call.Drop(gradient.matmul(call.Value.transpose(-2, -1)).to_type(ScalarType.Float32), start);
            var ofScores = (ofShares - (ofShares * shares).sum(-1, keepdim: true)).mul_(shares).mul_(call.Scale).to_type(call.Query.dtype);
            queries.Add(ofScores.matmul(call.Key).MoveToOuterDisposeScope());
            keys = Sum(keys, ofScores.transpose(-2, -1).matmul(query));
            values = Sum(values, ofValues);
        }

        var all = queries.Count == 1 ? queries[0] : cat(queries, -2);
        return GradientHandles.HandOver(grad_output, all, keys, values, null, null, null, null);
    }

    private static Tensor Sum(Tensor? sum, Tensor next) => sum is null ? next.MoveToOuterDisposeScope() : sum.add_(next);

    /// <summary>The arguments, and what is made of a piece of them.</summary>
    private sealed record Call(Tensor Query, Tensor Key, Tensor Value, Tensor? Mask, double P, ulong Seed, double Scale)
    {
        private readonly long step = Math.Max(1, Scores / Math.Max(1, Query.shape[..^2].Aggregate(1L, (a, b) => a * b) * Key.shape[^2]));

        internal IEnumerable<long> Starts()
        {
            for (var start = 0L; start < Query.shape[^2]; start += step) yield return start;
        }

        internal Tensor Part(Tensor rows, long start) => rows.narrow(-2, start, Math.Min(step, rows.shape[^2] - start));

        internal Tensor Shares(long start)
        {
            var scores = (Part(Query, start) * Scale).matmul(Key.transpose(-2, -1)).to_type(ScalarType.Float32);
            if (Mask is not null) scores = scores.add_(Mask.shape[^2] == 1 ? Mask : Part(Mask, start));
            return scores.softmax(-1);
        }

        internal Tensor Drop(Tensor shares, long start) => CounterDropout.Values(shares, P, Seed + (ulong)start);
    }
}
