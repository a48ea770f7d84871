using System.Numerics;

namespace PluginHost;

/// <summary>
/// A small, fast generator (xoshiro256**, Blackman and Vigna 2018) whose stream is fixed by its coordinates, on every platform and .NET
/// version.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;

    /// <param name="coordinates">
    /// For example run seed, epoch, sample index: equal coordinates give equal streams, different ones independent streams.
    /// </param>
    public SeededRandom(params ReadOnlySpan<ulong> coordinates)
    {
        var state = 0x9E3779B97F4A7C15UL;
        foreach (var coordinate in coordinates)
        {
            state ^= coordinate;
            state = SplitMix(ref state);
        }
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveMaximum"/>), without modulo bias.</summary>
    public long Next(long exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        var bound = (ulong)exclusiveMaximum;
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        while (low < bound && low < unchecked(0UL - bound) % bound) high = Math.BigMul(NextUInt64(), bound, out low);
        return (long)high;
    }

    /// <summary>Uniform in [<paramref name="minimum"/>, <paramref name="exclusiveMaximum"/>).</summary>
    public int Next(int minimum, int exclusiveMaximum) => minimum + (int)Next((long)exclusiveMaximum - minimum);

    /// <summary>Standard normal (Box-Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)Next(i + 1L);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
