using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Plugins.Population.Resampling;

/// <summary>
/// Counts of bits in two rows of words of a <see cref="Libs.Genomics.Haplotypes.BitMatrix"/>, whose lengths are whole vectors. Bits of a
/// byte are looked up by halves, a vector at once (Mula et al. 2018); a count is the same on every processor.
/// </summary>
internal static class Bits
{
    // A byte holds the counts of so many bytes of 8 bits.
    private const int Most = 31;

    private static readonly Vector128<byte> halves = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    private interface IJoin
    {
        static abstract ulong Of(ulong first, ulong second);

        static abstract Vector256<byte> Of(Vector256<byte> first, Vector256<byte> second);

        static abstract Vector512<byte> Of(Vector512<byte> first, Vector512<byte> second);
    }

    /// <summary>How many are in both.</summary>
    public static int And(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second) => Count<Both>(first, second);

    /// <summary>How many differ.</summary>
    public static int Xor(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second) => Count<Either>(first, second);

    private static int Count<T>(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
        where T : IJoin
    {
        second = second[..first.Length];
        if (Avx512BW.IsSupported) return Count512<T>(first, second);
        if (Avx2.IsSupported) return Count256<T>(first, second);
        var count = 0;
        for (var i = 0; i < first.Length; i++) count += BitOperations.PopCount(T.Of(first[i], second[i]));
        return count;
    }

    private static int Count512<T>(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
        where T : IJoin
    {
        var a = MemoryMarshal.Cast<ulong, Vector512<byte>>(first);
        var b = MemoryMarshal.Cast<ulong, Vector512<byte>>(second)[..a.Length];
        var table = Vector512.Create(Vector256.Create(halves, halves), Vector256.Create(halves, halves));
        var low = Vector512.Create((byte)15);
        var sums = Vector512<ulong>.Zero;
        for (var i = 0; i < a.Length;)
        {
            var counts = Vector512<byte>.Zero;
            for (var end = Math.Min(a.Length, i + Most); i < end; i++)
            {
                var bits = T.Of(a[i], b[i]);
                counts += Avx512BW.Shuffle(table, bits & low) + Avx512BW.Shuffle(table, (bits.AsUInt16() >> 4).AsByte() & low);
            }
            sums += Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).AsUInt64();
        }
        return (int)Vector512.Sum(sums);
    }

    private static int Count256<T>(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
        where T : IJoin
    {
        var a = MemoryMarshal.Cast<ulong, Vector256<byte>>(first);
        var b = MemoryMarshal.Cast<ulong, Vector256<byte>>(second)[..a.Length];
        var table = Vector256.Create(halves, halves);
        var low = Vector256.Create((byte)15);
        var sums = Vector256<ulong>.Zero;
        for (var i = 0; i < a.Length;)
        {
            var counts = Vector256<byte>.Zero;
            for (var end = Math.Min(a.Length, i + Most); i < end; i++)
            {
                var bits = T.Of(a[i], b[i]);
                counts += Avx2.Shuffle(table, bits & low) + Avx2.Shuffle(table, (bits.AsUInt16() >> 4).AsByte() & low);
            }
            sums += Avx2.SumAbsoluteDifferences(counts, Vector256<byte>.Zero).AsUInt64();
        }
        return (int)Vector256.Sum(sums);
    }

    private readonly struct Both : IJoin
    {
        public static ulong Of(ulong first, ulong second) => first & second;

        public static Vector256<byte> Of(Vector256<byte> first, Vector256<byte> second) => first & second;

        public static Vector512<byte> Of(Vector512<byte> first, Vector512<byte> second) => first & second;
    }

    private readonly struct Either : IJoin
    {
        public static ulong Of(ulong first, ulong second) => first ^ second;

        public static Vector256<byte> Of(Vector256<byte> first, Vector256<byte> second) => first ^ second;

        public static Vector512<byte> Of(Vector512<byte> first, Vector512<byte> second) => first ^ second;
    }
}
