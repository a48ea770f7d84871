namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// How a sequence is cut so that each tile of queries meets only the keys its windows reach: the tile itself, <see cref="Left"/>
/// tokens before it and <see cref="Right"/> after it. One tile over everything is dense attention. Memory is linear in the
/// length at a fixed radius. Axes: N tiles, W queries of a tile, K keys of a tile.
/// </summary>
/// <param name="Length">Tokens T of the sequence.</param>
/// <param name="Tiles">N.</param>
/// <param name="Queries">W; N times W is at least T.</param>
/// <param name="Left">Keys before the tile; at most W.</param>
/// <param name="Right">Keys after the tile; at most W.</param>
internal sealed record Tiling(int Length, int Tiles, int Queries, int Left, int Right)
{
    // A tile of fewer queries spends its time on starting products.
    private const int FewestQueries = 32;

    /// <summary>Keys K of a tile.</summary>
    public int Keys => Left + Queries + Right;

    /// <summary>T filled up to whole tiles.</summary>
    public int Padded => Tiles * Queries;

    /// <summary>One tile over everything.</summary>
    public static Tiling Whole(int length) => new(length, 1, length, 0, 0);

    /// <summary>Tiles for windows of a radius; a single one where that computes no more scores.</summary>
    public static Tiling For(int length, int radius, bool causal)
    {
        var queries = Math.Max(radius, FewestQueries);
        if (queries >= length) return Whole(length);
        var tiles = (length + queries - 1) / queries;
        var tiling = new Tiling(length, tiles, queries, radius, causal ? 0 : radius);
        return (long)tiling.Padded * tiling.Keys >= (long)length * length ? Whole(length) : tiling;
    }

    /// <summary>Position of a tile's key relative to its query, both counted from 0 within the tile.</summary>
    public int Offset(int query, int key) => key - Left - query;

    /// <summary>Cuts queries: "B H T E" to "B H N W E".</summary>
    public Tensor CutQueries(Tensor queries_BHTE)
    {
        using var scope = NewDisposeScope();
        var filled = Padded == Length ? queries_BHTE : functional.pad(queries_BHTE, [0, 0, 0, Padded - Length]);
        return filled.unflatten(2, [Tiles, Queries]).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts keys or values, neighbours included: "B H T E" to "B H N K E".</summary>
    /// <param name="keys_BHTE">In the sequence's order.</param>
    /// <param name="filler">Value beyond either end.</param>
    public Tensor CutKeys(Tensor keys_BHTE, double filler = 0)
    {
        using var scope = NewDisposeScope();
        if (Left == 0 && Right == 0 && Padded == Length) return keys_BHTE.unflatten(2, [Tiles, Queries]).MoveToOuterDisposeScope();
        // Each part is a run of whole tiles shifted by its place, cut to what is asked of it: views, copied once by cat.
        var after = Padded - Length + (Right > 0 ? Queries : 0);
        var filled = functional.pad(keys_BHTE, [0, 0, Left, after], value: filler);
        Tensor Part(int start, int size) => filled.narrow(2, start, Padded).unflatten(2, [Tiles, Queries]).narrow(3, 0, size);
        List<Tensor> parts = [];
        if (Left > 0) parts.Add(Part(0, Left));
        parts.Add(Part(Left, Queries));
        if (Right > 0) parts.Add(Part(Left + Queries, Right));
        return cat(parts, 3).MoveToOuterDisposeScope();
    }
}
