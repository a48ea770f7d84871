using System.Numerics;
using PluginHost.Libs.Genomics.Haplotypes;

namespace PluginHost.Plugins.Population.Resampling;

/// <summary>
/// The bootstrap's draws (Efron and Tibshirani 1993): how often each haplotype is drawn in each of them, as numbers and as planes of bits,
/// so that weighted counts of alleles are counts of bits.
/// </summary>
internal sealed class Resamples
{
    private readonly ulong[][] planes;
    private readonly int words;

    private Resamples(int items, byte[][] weights)
    {
        (Items, Weights, words) = (items, weights, BitMatrix.WordsOf(items));
        Planes = weights.Length == 0 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)weights.Max(w => w.Max()));
        planes = [.. weights.Select(Split)];
    }

    /// <summary>Haplotypes.</summary>
    public int Items { get; }

    /// <summary>How often each is drawn: axes draw, haplotype.</summary>
    public byte[][] Weights { get; }

    /// <summary>How many draws.</summary>
    public int Count => Weights.Length;

    /// <summary>Bits of the largest weight.</summary>
    public int Planes { get; }

    /// <summary>Draws.</summary>
    /// <param name="items">As many as there are haplotypes, with replacement.</param>
    /// <param name="count">How many times.</param>
    /// <param name="seed">All follows from it and the next.</param>
    /// <param name="number">The set's.</param>
    public static Resamples Draw(int items, int count, ulong seed, ulong number) => new(items, [.. Enumerable.Range(0, count).Select(d =>
    {
        var random = new SeededRandom(seed, number, (ulong)d);
        var weights = new byte[items];
        for (var i = 0; i < items; i++) weights[random.Next(items)]++;
        return weights;
    })]);

    /// <summary>How many of the haplotypes drawn have a bit set.</summary>
    /// <param name="draw">Which draw.</param>
    /// <param name="bits">A bit for each haplotype.</param>
    public int Weigh(int draw, ReadOnlySpan<ulong> bits)
    {
        var plane = planes[draw].AsSpan();
        var sum = 0;
        for (var p = 0; p < Planes; p++) sum += Bits.And(bits, plane.Slice(p * words, words)) << p;
        return sum;
    }

    /// <summary>The same for each row of a matrix: axes draw, row.</summary>
    public int[][] Weigh(BitMatrix rows)
    {
        var counts = new int[Count][];
        Parallel.For(0, Count, d =>
        {
            counts[d] = new int[rows.Rows];
            for (var row = 0; row < rows.Rows; row++) counts[d][row] = Weigh(d, rows.Row(row));
        });
        return counts;
    }

    private ulong[] Split(byte[] weights)
    {
        var split = new ulong[Planes * words];
        for (var i = 0; i < weights.Length; i++)
            for (var p = 0; p < Planes; p++) split[p * words + i / BitMatrix.WordBits] |= (ulong)(weights[i] >> p & 1) << i;
        return split;
    }
}
