namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// Keys and values of one layer for the columns seen, in buffers that grow by doubling so that a step copies only what is new.
/// </summary>
/// <remarks>Axes: B rows, H heads, S columns, K = D / H. The buffers belong to no dispose scope.</remarks>
internal sealed class LayerCache : IDisposable
{
    private const long SmallestCapacity = 64;
    private Tensor? keys;
    private Tensor? values;
    private long length;

    /// <summary>Takes new columns in.</summary>
    /// <returns>Keys and values of all columns so far, "B H S K", as views of the buffers.</returns>
    public (Tensor Keys, Tensor Values) Append(Tensor key_BHTK, Tensor value_BHTK)
    {
        var count = key_BHTK.shape[2];
        keys = Grown(keys, key_BHTK);
        values = Grown(values, value_BHTK);
        using (var target = keys.narrow(2, length, count)) target.copy_(key_BHTK);
        using (var target = values.narrow(2, length, count)) target.copy_(value_BHTK);
        length += count;
        return (keys.narrow(2, 0, length), values.narrow(2, 0, length));
    }

    /// <summary>Goes on with other rows.</summary>
    public void Reorder(Tensor rows_N)
    {
        keys = Chosen(keys, rows_N);
        values = Chosen(values, rows_N);
    }

    /// <summary>A cache of its own with other rows, and as long.</summary>
    public LayerCache Branch(Tensor rows_N) => new() { length = length, keys = Seen(keys, rows_N), values = Seen(values, rows_N) };

    public void Dispose()
    {
        keys?.Dispose();
        values?.Dispose();
        (keys, values) = (null, null);
    }

    private Tensor Grown(Tensor? buffer, Tensor like_BHTK)
    {
        var shape = like_BHTK.shape;
        var needed = length + shape[2];
        if (buffer is not null && buffer.shape[2] >= needed) return buffer;
        var capacity = Math.Max(SmallestCapacity, Math.Max(needed, 2 * length));
        var grown = empty([shape[0], shape[1], capacity, shape[3]], like_BHTK.dtype, like_BHTK.device).DetachFromDisposeScope();
        if (buffer is null) return grown;
        using (var target = grown.narrow(2, 0, length))
        using (var source = buffer.narrow(2, 0, length)) target.copy_(source);
        buffer.Dispose();
        return grown;
    }

    /// <summary>The columns seen, without room for more, so that a branch writes nothing into its origin's buffer.</summary>
    private Tensor? Seen(Tensor? buffer, Tensor rows_N)
    {
        if (buffer is null) return null;
        using var seen = buffer.narrow(2, 0, length);
        // One row for all is not copied until columns are added.
        return (buffer.shape[0] == 1 ? seen.expand(rows_N.shape[0], -1, -1, -1) : seen.index_select(0, rows_N)).DetachFromDisposeScope();
    }

    private static Tensor? Chosen(Tensor? buffer, Tensor rows_N)
    {
        if (buffer is null) return null;
        using (buffer) return buffer.index_select(0, rows_N).DetachFromDisposeScope();
    }
}
