using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>The state of an incremental decoder. Axes: B sequences, N new tokens, S kept tokens.</summary>
internal sealed class DecoderState : DecodingState
{
    private readonly long kept;
    private Tensor lengths_B1;
    private Tensor? places_BS;
    private int length;
    private bool ragged;

    /// <param name="rows">B.</param>
    /// <param name="layers">Decoder layers.</param>
    /// <param name="kept">Tokens that the widest window reaches back.</param>
    /// <param name="cross">What it attends to of the encoder, owned by the state; null without one.</param>
    /// <param name="device">The model's.</param>
    public DecoderState(int rows, int layers, long kept, CrossMemory? cross, Device device)
    {
        this.kept = kept;
        Cross = cross;
        Layers = [.. Enumerable.Range(0, layers).Select(_ => new LayerCache())];
        lengths_B1 = zeros([rows, 1], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    private DecoderState(DecoderState from, Tensor rows_N)
    {
        (kept, length, ragged) = (from.kept, from.length, from.ragged);
        Layers = [.. from.Layers.Select(l => l.Branch(rows_N))];
        lengths_B1 = from.lengths_B1.index_select(0, rows_N).DetachFromDisposeScope();
        places_BS = from.places_BS?.index_select(0, rows_N).DetachFromDisposeScope();
        if (from.Cross is null) return;
        using var rows = rows_N.cpu();
        Cross = from.Cross.Branch(rows.data<long>().ToArray());
    }

    public override int Rows => (int)lengths_B1.shape[0];

    public override int Length => length;

    /// <summary>One for each layer.</summary>
    public IReadOnlyList<LayerCache> Layers { get; }

    /// <summary>What is attended to of the encoder; null without one.</summary>
    public CrossMemory? Cross { get; }

    /// <summary>Takes in a piece: gives each new token its place in its sequence.</summary>
    /// <param name="columns">N.</param>
    /// <param name="real_BN">Which tokens are real; null for all.</param>
    /// <param name="perBlock">Tokens of a block; 0 without blocks.</param>
    /// <param name="most">Most tokens a sequence may have.</param>
    /// <exception cref="UsageException">A sequence grows beyond that.</exception>
    public Piece Take(int columns, Tensor? real_BN, int perBlock, int most)
    {
        ragged |= real_BN is not null;
        var new_BN = real_BN is null
            ? (lengths_B1 + arange(columns, ScalarType.Int64, lengths_B1.device))
            : (lengths_B1 + real_BN.cumsum(1) - 1).masked_fill(real_BN.logical_not(), -1);
        var grown_B1 = real_BN is null ? lengths_B1 + columns : lengths_B1 + real_BN.sum(1, keepdim: true);
        var longest = ragged ? (int)grown_B1.max().item<long>() : length + columns;
        if (longest > most)
            throw new UsageException($"A sequence would grow to {longest:N0} tokens, more than the {most:N0} the decoder takes; raise the "
                + "architecture's maxTargetTokens, or generate less.");
        var all_BS = places_BS is null ? new_BN : cat([places_BS, new_BN], 1);
        // Where sequences have gaps, what a window reaches is no fixed number of columns: all are kept.
        var stays = ragged ? long.MaxValue : kept;
        var last_BS = all_BS.shape[1] <= stays ? all_BS : all_BS.narrow(1, all_BS.shape[1] - stays, stays);
        var over = perBlock == 0 ? 0 : (longest - 1) / perBlock;
        // Keys of blocks change when one is over; with rows of unequal length, any step may end one.
        var remake = over > 0 && (ragged || length == 0 || over != (length - 1) / perBlock);
        var piece = new Piece(new_BN, all_BS, stays, over, perBlock, remake);
        Swap(ref places_BS, last_BS);
        Swap(ref lengths_B1!, grown_B1);
        length += columns;
        return piece;
    }

    public override void Reorder(Tensor rows_N)
    {
        using var scope = NewDisposeScope();
        var order = new RowOrder(rows_N, Rows);
        foreach (var layer in Layers) layer.Reorder(order);
        Swap(ref lengths_B1!, order.Take(lengths_B1));
        if (places_BS is not null) Swap(ref places_BS, order.Take(places_BS));
        Cross?.Reorder(order.Rows);
    }

    public override DecodingState Branch(Tensor rows_N) => new DecoderState(this, rows_N);

    public override void Dispose()
    {
        foreach (var layer in Layers) layer.Dispose();
        lengths_B1.Dispose();
        places_BS?.Dispose();
        Cross?.Dispose();
    }

    private static void Swap(ref Tensor? held, Tensor next)
    {
        var before = held;
        held = next.clone().DetachFromDisposeScope();
        before?.Dispose();
    }

    /// <summary>New tokens and what they may attend to.</summary>
    /// <param name="New_BN">Place of each new token in its sequence; -1 on padding.</param>
    /// <param name="All_BS">Places of the kept tokens and the new ones.</param>
    /// <param name="Kept">Columns that stay for the next piece.</param>
    /// <param name="Over">Blocks that are over and seen by some token.</param>
    /// <param name="PerBlock">Tokens of a block.</param>
    /// <param name="Remake">Whether keys of blocks must be made again.</param>
    internal sealed record Piece(Tensor New_BN, Tensor All_BS, long Kept, int Over, int PerBlock, bool Remake);
}
