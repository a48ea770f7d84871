using System.Numerics;

namespace PluginHost.Plugins.Population.Resampling;

/// <summary>Counts of bits in two rows of words.</summary>
internal static class Bits
{
    /// <summary>How many are in both.</summary>
    public static int And(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
    {
        second = second[..first.Length];
        long a = 0, b = 0;
        var i = 0;
        for (; i + 1 < first.Length; i += 2)
        {
            a += BitOperations.PopCount(first[i] & second[i]);
            b += BitOperations.PopCount(first[i + 1] & second[i + 1]);
        }
        if (i < first.Length) a += BitOperations.PopCount(first[i] & second[i]);
        return (int)(a + b);
    }

    /// <summary>How many differ.</summary>
    public static int Xor(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
    {
        second = second[..first.Length];
        long a = 0, b = 0;
        var i = 0;
        for (; i + 1 < first.Length; i += 2)
        {
            a += BitOperations.PopCount(first[i] ^ second[i]);
            b += BitOperations.PopCount(first[i + 1] ^ second[i + 1]);
        }
        if (i < first.Length) a += BitOperations.PopCount(first[i] ^ second[i]);
        return (int)(a + b);
    }
}
