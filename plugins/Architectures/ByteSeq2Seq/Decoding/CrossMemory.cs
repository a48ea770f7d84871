using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>
/// What the decoder's layers attend to of the encoder: kept once for each source, however many sequences are written for it, as beams are.
/// </summary>
/// <remarks>Axes: S sources, H heads, T encoder tokens, E head width. The tensors belong to no dispose scope.</remarks>
internal sealed class CrossMemory : IDisposable
{
    private readonly List<(Tensor Keys, Tensor Values)> layers;
    private Tensor? mask_ST;
    private int[] sources;
    private int count;

    /// <param name="layers">Keys and values of each layer, "S H T E".</param>
    /// <param name="mask_ST">See <see cref="Attention.Masks.OfInput"/>; null when nothing is padded.</param>
    /// <param name="count">S: at first one sequence for each.</param>
    public CrossMemory(IEnumerable<(Tensor Keys, Tensor Values)> layers, Tensor? mask_ST, int count)
    {
        this.layers = [.. layers.Select(l => (l.Keys.DetachFromDisposeScope(), l.Values.DetachFromDisposeScope()))];
        this.mask_ST = mask_ST?.DetachFromDisposeScope();
        (this.count, sources) = (count, [.. Enumerable.Range(0, count)]);
    }

    /// <summary>Sequences of each source, which stand side by side.</summary>
    public int PerSource => sources.Length / count;

    /// <summary>T.</summary>
    public long Tokens => layers[0].Keys.shape[2];

    /// <summary>The mask of the sources; null when nothing is padded.</summary>
    public Tensor? Mask_ST => mask_ST;

    /// <summary>Keys and values of a layer, "S H T E".</summary>
    public (Tensor Keys, Tensor Values) Of(int layer) => layers[layer];

    /// <summary>Goes on with other sequences.</summary>
    /// <param name="rows">The old sequence of each new one.</param>
    public void Reorder(IReadOnlyList<long> rows)
    {
        int[] next = [.. rows.Select(r => sources[r])];
        if (next.Length == 0) return;
        var kept = next.Distinct().ToArray();
        var each = next.Length / kept.Length;
        // Anything but as many sequences for each source, side by side, is rare: then each sequence has a copy of its source.
        var isEven = next.Length % kept.Length == 0 && next.Select((s, i) => kept[i / each] == s).All(same => same);
        var wanted = isEven ? kept : next;
        if (wanted.Length != count || wanted.Where((s, i) => s != i).Any()) Choose(wanted);
        count = wanted.Length;
        sources = isEven ? [.. Enumerable.Range(0, next.Length).Select(i => i / each)] : [.. Enumerable.Range(0, next.Length)];
    }

    /// <summary>A memory of its own for other sequences.</summary>
    public CrossMemory Branch(IReadOnlyList<long> rows)
    {
        var branch = new CrossMemory(layers.Select(l => (l.Keys.alias(), l.Values.alias())), mask_ST?.alias(), count) { sources = sources };
        branch.Reorder(rows);
        return branch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (keys, values) in layers)
        {
            keys.Dispose();
            values.Dispose();
        }
        mask_ST?.Dispose();
    }

    private void Choose(int[] wanted)
    {
        using var index = tensor(wanted.Select(s => (long)s).ToArray(), device: layers[0].Keys.device);
        Tensor Take(Tensor held)
        {
            using (held) return held.index_select(0, index).DetachFromDisposeScope();
        }
        for (var i = 0; i < layers.Count; i++) layers[i] = (Take(layers[i].Keys), Take(layers[i].Values));
        if (mask_ST is not null) mask_ST = Take(mask_ST);
    }
}
