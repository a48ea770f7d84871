using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// The mask of counter-based dropout: whether element i of a call stays is a hash of the seed and of i alone. Blocks of 4,096
/// elements have keys from splitmix64 (Steele, Lea &amp; Flood 2014); inside one, the place goes through a 32-bit avalanche mixer.
/// </summary>
internal static class DropoutMask
{
    /// <summary>Elements that share a key.</summary>
    internal const int Block = 4096;

    internal const uint Golden = 0x9E3779B1, Mix1 = 0x7FEB352D, Mix2 = 0x846CA68B;

    /// <summary>Elements whose hash is below are dropped.</summary>
    internal static uint Threshold(double p) => (uint)Math.Min(p * 4294967296.0, uint.MaxValue);

    internal static (uint First, uint Second) Key(ulong seed, long block)
    {
        var z = seed + (0x9E3779B97F4A7C15 * ((ulong)block + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((uint)z, (uint)(z >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Hash(uint place, uint first, uint second)
    {
        var x = (place * Golden) + first;
        x ^= x >> 16;
        x *= Mix1;
        x ^= (x >> 15) ^ second;
        x *= Mix2;
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<uint> Hash(Vector<uint> place, Vector<uint> first, Vector<uint> second)
    {
        var x = (place * Golden) + first;
        x ^= x >>> 16;
        x *= Mix1;
        x ^= (x >>> 15) ^ second;
        x *= Mix2;
        return x ^ (x >>> 16);
    }

    /// <summary>The same by single operators, on any device: true where an element stays. Axes: those of <paramref name="like"/>.</summary>
    internal static Tensor Composite(Tensor like, double p, ulong seed)
    {
        using var scope = NewDisposeScope();
        const long Low = uint.MaxValue;
        var count = like.numel();
        var keys = Enumerable.Range(0, (int)((count + Block - 1) / Block)).Select(block => Key(seed, block)).ToArray();
        Tensor PerElement(Func<(uint First, uint Second), long> part) =>
            tensor(keys.Select(part).ToArray(), device: like.device).unsqueeze(1).expand(-1, Block).flatten().narrow(0, 0, count);
        var place = arange(count, ScalarType.Int64, like.device).remainder(Block);
        var x = ((place * Golden) + PerElement(k => k.First)).bitwise_and(Low);
        x = x.bitwise_xor(x.bitwise_right_shift(16));
        x = (x * Mix1).bitwise_and(Low);
        x = x.bitwise_xor(x.bitwise_right_shift(15)).bitwise_xor(PerElement(k => k.Second));
        x = (x * Mix2).bitwise_and(Low);
        x = x.bitwise_xor(x.bitwise_right_shift(16));
        return x.ge((long)Threshold(p)).view(like.shape).MoveToOuterDisposeScope();
    }
}
