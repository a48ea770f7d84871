namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Libs.Blocks.Attention;
using static TorchSharp.torch;

/// <summary>What <see cref="NumericGpt"/> keeps of the tokens it has seen. Axes: B rows, S columns seen.</summary>
internal sealed class GptState : DecodingState
{
    private Tensor lengths_B;
    private Tensor? real_BS;
    private int longest;
    private int columns;

    public GptState(long rows, int layers, Device device)
    {
        Caches = [.. Enumerable.Range(0, layers).Select(_ => new KeyValueCache())];
        lengths_B = zeros([rows], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    private GptState(GptState from, Tensor rows_N)
    {
        Caches = [.. from.Caches.Select(c => c.Branch(rows_N))];
        (longest, columns) = (from.longest, from.columns);
        lengths_B = from.lengths_B.index_select(0, rows_N).DetachFromDisposeScope();
        real_BS = from.real_BS?.index_select(0, rows_N).DetachFromDisposeScope();
        if (real_BS is not null && Rows > 0) longest = (int)lengths_B.max().item<long>();
    }

    public IReadOnlyList<KeyValueCache> Caches { get; }

    public override int Rows => (int)lengths_B.shape[0];

    public override int Length => columns;

    /// <summary>Takes new columns in.</summary>
    /// <param name="mask_BT">Which of them are real; null when all are.</param>
    /// <param name="count">New columns T.</param>
    /// <param name="limit">Most tokens a row may have.</param>
    /// <returns>The place of each new token in its sequence, "B T", and the real ones among all columns, "B S" or null.</returns>
    /// <exception cref="UsageException">A row would have more than <paramref name="limit"/> tokens.</exception>
    public (Tensor Places, Tensor? Real) Advance(Tensor? mask_BT, long count, int limit)
    {
        using var scope = NewDisposeScope();
        var device = lengths_B.device;
        var step_BT = mask_BT is null
            ? arange(1, count + 1, device: device).unsqueeze(0).expand(Rows, count)
            : mask_BT.to_type(ScalarType.Int64).cumsum(1);
        var added_B = step_BT.select(1, count - 1);
        var after = mask_BT is null ? longest + (int)count : (int)(lengths_B + added_B).max().item<long>();
        if (after > limit)
            throw new UsageException($"A sequence would grow to {after} tokens, but the model has {limit} positions; start from a shorter "
                + "prompt or generate fewer.");
        var places_BT = (lengths_B.unsqueeze(1) + step_BT - 1).clamp(0, limit - 1);
        var real = Real(mask_BT, count, device);
        Keep(lengths_B + added_B, real);
        longest = after;
        columns += (int)count;
        return (places_BT.MoveToOuterDisposeScope(), real_BS);
    }

    public override void Reorder(Tensor rows_N)
    {
        using var scope = NewDisposeScope();
        var order = new RowOrder(rows_N, Rows);
        Keep(order.Take(lengths_B), real_BS is null ? null : order.Take(real_BS));
        // Rows of equal length stay so; of unequal ones the longest may be gone.
        if (real_BS is not null && Rows > 0) longest = (int)lengths_B.max().item<long>();
        foreach (var cache in Caches) cache.Reorder(order);
    }

    public override DecodingState Branch(Tensor rows_N) => new GptState(this, rows_N);

    public override void Dispose()
    {
        real_BS?.Dispose();
        lengths_B.Dispose();
        foreach (var cache in Caches) cache.Dispose();
    }

    private Tensor? Real(Tensor? mask_BT, long count, Device device)
    {
        if (mask_BT is null && real_BS is null) return null;
        var before = real_BS ?? ones([Rows, columns], ScalarType.Bool, device);
        return cat([before, mask_BT ?? ones([Rows, count], ScalarType.Bool, device)], 1);
    }

    private void Keep(Tensor lengths, Tensor? real)
    {
        lengths_B.Dispose();
        lengths_B = lengths.DetachFromDisposeScope();
        if (real is null) return;
        real_BS?.Dispose();
        real_BS = real.DetachFromDisposeScope();
    }
}
