namespace PluginHost.Libs.Blocks.Attention;

using static TorchSharp.torch;

/// <summary>
/// Keys and values of one layer for the columns seen, in buffers that grow by doubling so that a step copies only what is new.
/// </summary>
/// <remarks>Axes: B rows, H heads, S columns, K head width. The buffers belong to no dispose scope.</remarks>
public sealed class KeyValueCache : IDisposable
{
    private const long SmallestCapacity = 64;
    private Tensor? keys;
    private Tensor? values;

    // Columns before it are no longer needed, those from `end` on are room.
    private long start;
    private long end;

    /// <summary>Takes new columns in.</summary>
    /// <param name="key_BHTK">Keys of new columns T.</param>
    /// <param name="value_BHTK">Their values.</param>
    /// <param name="most">Columns that later ones still attend to; all unless given.</param>
    /// <returns>Keys and values of the columns kept and the new ones, "B H S K", as views of the buffers.</returns>
    public (Tensor Keys, Tensor Values) Append(Tensor key_BHTK, Tensor value_BHTK, long most = long.MaxValue)
    {
        var count = key_BHTK.shape[2];
        MakeRoom(key_BHTK, value_BHTK);
        using (var target = keys!.narrow(2, end, count)) target.copy_(key_BHTK);
        using (var target = values!.narrow(2, end, count)) target.copy_(value_BHTK);
        end += count;
        var first = start;
        start = Math.Max(start, end - Math.Min(most, end));
        return (keys.narrow(2, first, end - first), values.narrow(2, first, end - first));
    }

    /// <summary>Goes on with other rows.</summary>
    public void Reorder(RowOrder order)
    {
        if (keys is null) return;
        if (order.IsInPlace)
        {
            using var heldKeys = keys.narrow(2, start, end - start);
            using var heldValues = values!.narrow(2, start, end - start);
            order.Move(heldKeys);
            order.Move(heldValues);
            return;
        }
        (keys, values) = (Chosen(keys, order), Chosen(values!, order));
    }

    /// <summary>A cache of its own with other rows, and as long.</summary>
    public KeyValueCache Branch(Tensor rows_N) => new() { end = end - start, keys = Seen(keys, rows_N), values = Seen(values, rows_N) };

    /// <inheritdoc/>
    public void Dispose()
    {
        keys?.Dispose();
        values?.Dispose();
        (keys, values) = (null, null);
    }

    private void MakeRoom(Tensor key_BHTK, Tensor value_BHTK)
    {
        var needed = end + key_BHTK.shape[2];
        if (keys is not null && keys.shape[2] >= needed) return;
        var held = end - start;
        var capacity = Math.Max(SmallestCapacity, Math.Max(held + key_BHTK.shape[2], 2 * held));
        keys = Moved(keys, key_BHTK, capacity);
        values = Moved(values, value_BHTK, capacity);
        (start, end) = (0, held);
    }

    private Tensor Moved(Tensor? buffer, Tensor like_BHTK, long capacity)
    {
        var shape = like_BHTK.shape;
        var moved = empty([shape[0], shape[1], capacity, shape[3]], like_BHTK.dtype, like_BHTK.device).DetachFromDisposeScope();
        if (buffer is null) return moved;
        using (buffer)
        using (var target = moved.narrow(2, 0, end - start))
        using (var source = buffer.narrow(2, start, end - start)) target.copy_(source);
        return moved;
    }

    private static Tensor Chosen(Tensor buffer, RowOrder order)
    {
        using (buffer) return order.Take(buffer).DetachFromDisposeScope();
    }

    /// <summary>The columns held, without room for more, so that a branch writes nothing into its origin's buffer.</summary>
    private Tensor? Seen(Tensor? buffer, Tensor rows_N)
    {
        if (buffer is null) return null;
        using var seen = buffer.narrow(2, start, end - start);
        // One row for all is not copied until columns are added.
        return (buffer.shape[0] == 1 ? seen.expand(rows_N.shape[0], -1, -1, -1) : seen.index_select(0, rows_N)).DetachFromDisposeScope();
    }
}
