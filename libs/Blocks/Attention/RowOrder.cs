namespace PluginHost.Libs.Blocks.Attention;

using static TorchSharp.torch;

/// <summary>Which rows what is kept of sequences goes on with, and which of them are where they were: those need no copy.</summary>
/// <remarks>Made in a dispose scope, used within it.</remarks>
public sealed class RowOrder
{
    private readonly Tensor rows_N;
    private readonly Tensor? to, from;

    /// <param name="rows_N">Int64, on the device: new row i continues old row rows_N[i].</param>
    /// <param name="before">Rows there were.</param>
    public RowOrder(Tensor rows_N, int before)
    {
        this.rows_N = rows_N;
        using (var onHost = rows_N.cpu()) Rows = onHost.data<long>().ToArray();
        if (Rows.Count != before) return;
        var moved = Enumerable.Range(0, before).Where(i => Rows[i] != i).ToList();
        IsInPlace = moved.Count < before;
        if (!IsInPlace) return;
        to = tensor(moved.Select(i => (long)i).ToArray(), device: rows_N.device);
        from = tensor(moved.Select(i => Rows[i]).ToArray(), device: rows_N.device);
    }

    /// <summary>The old row of each new one.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>Whether there are as many as before, and some stay where they are.</summary>
    public bool IsInPlace { get; }

    /// <summary>Moves rows of a tensor that stays: only where <see cref="IsInPlace"/>.</summary>
    /// <param name="held">Axis 0 is the rows'; may be a view of part of what is kept.</param>
    public void Move(Tensor held)
    {
        if (to!.shape[0] == 0) return;
        using var rows = held.index_select(0, from!);
        using var moved = held.index_copy_(0, to, rows);
    }

    /// <summary>The rows as a tensor of their own.</summary>
    public Tensor Take(Tensor held) => held.index_select(0, rows_N);
}
