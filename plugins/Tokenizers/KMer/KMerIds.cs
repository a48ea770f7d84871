using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.KMer;

/// <summary>
/// Ids of overlapping k-mers in the published order, computed without looking a text up: the id is <see cref="First"/>
/// plus the k-mer read as a number of base 4 with digits A 0, T 1, C 2, G 3.
/// </summary>
/// <remarks>Several gigabases a second on one core: blocks of A, C, G, T go through vector registers, other blocks base by base.</remarks>
public static class KMerIds
{
    /// <summary>Id of the first k-mer, after the five special tokens.</summary>
    public const int First = 5;

    /// <summary>Id of a k-mer with a base other than A, C, G or T.</summary>
    public const int Unknown = 1;

    /// <summary>The bases in digit order.</summary>
    public const string Digits = "ATCG";

    private const int Block = 512;
    private const byte NoDigit = 4;
    private static readonly byte[] digits = DigitTable();

    /// <summary>Writes the id of every k-mer of a sequence; lower case counts as upper case.</summary>
    /// <param name="bases">n characters.</param>
    /// <param name="k">1 to 8.</param>
    /// <param name="ids">Receives n - k + 1 ids.</param>
    /// <returns>How many ids were written: 0 when n is below k.</returns>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> bases, int k, Span<int> ids) =>
        EncodeUtf16(MemoryMarshal.Cast<char, ushort>(bases), k, ids);

    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, int, Span{int})"/>
    public static int Encode(ReadOnlySpan<byte> bases, int k, Span<int> ids)
    {
        Span<ushort> wide = stackalloc ushort[Block + 8];
        var count = Count(bases.Length, k, ids);
        for (var done = 0; done < count; done += Block)
        {
            var windows = Math.Min(Block, count - done);
            var source = bases.Slice(done, windows + k - 1);
            Widen(source, wide);
            EncodeUtf16(wide[..source.Length], k, ids[done..]);
        }
        return count;
    }

    /// <summary>The k-mer as a number of base 4, or -1 when it holds anything but A, C, G, T in either case.</summary>
    public static int Value(ReadOnlySpan<char> word)
    {
        var value = 0;
        foreach (var c in word)
        {
            var digit = c < digits.Length ? digits[c] : NoDigit;
            if (digit == NoDigit) return -1;
            value = value << 2 | digit;
        }
        return value;
    }

    private static int Count(int length, int k, Span<int> ids)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 8);
        var count = Math.Max(0, length - k + 1);
        if (ids.Length < count) throw new ArgumentException($"{count} ids do not fit into {ids.Length}.", nameof(ids));
        return count;
    }

    private static int EncodeUtf16(ReadOnlySpan<ushort> bases, int k, Span<int> ids)
    {
        Span<ushort> codes = stackalloc ushort[Block + 8];
        var count = Count(bases.Length, k, ids);
        for (var done = 0; done < count; done += Block)
        {
            var windows = Math.Min(Block, count - done);
            var source = bases.Slice(done, windows + k - 1);
            var target = ids.Slice(done, windows);
            if (ToDigits(source, codes)) Combine(codes[..source.Length], k, target);
            else Roll(source, k, target);
        }
        return count;
    }

    private static void Widen(ReadOnlySpan<byte> source, Span<ushort> target)
    {
        var i = 0;
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out var low, out var high);
            low.StoreUnsafe(ref to, (nuint)i);
            high.StoreUnsafe(ref to, (nuint)(i + Vector<ushort>.Count));
        }
        for (; i < source.Length; i++) target[i] = source[i];
    }

    /// <summary>Letters to digits; false when one of them has none.</summary>
    /// <remarks>The ASCII codes of A, C, G, T differ in bits 1 and 2, and (bit 1, bit 2) is the digit.</remarks>
    private static bool ToDigits(ReadOnlySpan<ushort> source, Span<ushort> target)
    {
        var i = 0;
        var good = Vector<ushort>.AllBitsSet;
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var upper = new Vector<ushort>(0xFFDF);
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var c = Vector.LoadUnsafe(ref from, (nuint)i) & upper;
            good &= Vector.Equals(c, new((ushort)'A')) | Vector.Equals(c, new((ushort)'C'))
                | Vector.Equals(c, new((ushort)'G')) | Vector.Equals(c, new((ushort)'T'));
            ((c & new Vector<ushort>(2)) | ((c >>> 2) & Vector<ushort>.One)).StoreUnsafe(ref to, (nuint)i);
        }
        if (good != Vector<ushort>.AllBitsSet) return false;
        for (; i < source.Length; i++)
        {
            var digit = source[i] < digits.Length ? digits[source[i]] : NoDigit;
            if (digit == NoDigit) return false;
            target[i] = digit;
        }
        return true;
    }

    private static void Combine(ReadOnlySpan<ushort> codes, int k, Span<int> ids)
    {
        var i = 0;
        ref var from = ref MemoryMarshal.GetReference(codes);
        ref var to = ref MemoryMarshal.GetReference(ids);
        var first = new Vector<int>(First);
        for (; i <= ids.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var value = Vector.LoadUnsafe(ref from, (nuint)i);
            // Unrolled by hand: a loop over k costs a third of the speed.
            if (k > 1) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 1));
            if (k > 2) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 2));
            if (k > 3) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 3));
            if (k > 4) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 4));
            if (k > 5) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 5));
            if (k > 6) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 6));
            if (k > 7) value = value << 2 | Vector.LoadUnsafe(ref from, (nuint)(i + 7));
            Vector.Widen(value, out var low, out var high);
            (Vector.AsVectorInt32(low) + first).StoreUnsafe(ref to, (nuint)i);
            (Vector.AsVectorInt32(high) + first).StoreUnsafe(ref to, (nuint)(i + Vector<int>.Count));
        }
        for (; i < ids.Length; i++)
        {
            var value = 0;
            for (var j = 0; j < k; j++) value = value << 2 | codes[i + j];
            ids[i] = value + First;
        }
    }

    private static void Roll(ReadOnlySpan<ushort> source, int k, Span<int> ids)
    {
        var mask = (1 << (2 * k)) - 1;
        var value = 0;
        var run = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var digit = source[i] < digits.Length ? digits[source[i]] : NoDigit;
            run = digit == NoDigit ? 0 : run + 1;
            value = (value << 2 | digit & 3) & mask;
            if (i >= k - 1) ids[i - k + 1] = run >= k ? value + First : Unknown;
        }
    }

    private static byte[] DigitTable()
    {
        var table = new byte[128];
        Array.Fill(table, NoDigit);
        for (byte digit = 0; digit < Digits.Length; digit++)
            table[Digits[digit]] = table[char.ToLowerInvariant(Digits[digit])] = digit;
        return table;
    }
}
