using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Looks at sequence text 32 bytes at a time.</summary>
public static class BaseLine
{
    private static readonly int width = Vector256<byte>.Count;

    /// <summary>Whether a line holds A, C, G, T and U alone, in either case; lines under 32 bases are left to slower ways.</summary>
    /// <param name="text">The line.</param>
    /// <param name="lowerCase">Of these, the lower-case ones.</param>
    public static bool IsAllBases(ReadOnlySpan<byte> text, out int lowerCase)
    {
        lowerCase = 0;
        if (text.Length < width) return false;
        var bad = Vector256<byte>.Zero;
        var at = 0;
        for (; at <= text.Length - width; at += width) lowerCase += Look(text[at..], ref bad, uint.MaxValue);
        // The last vector reaches back over bases already seen, which are not counted twice.
        if (at < text.Length) lowerCase += Look(text[^width..], ref bad, uint.MaxValue << (at - (text.Length - width)));
        return bad == Vector256<byte>.Zero;
    }

    /// <summary>Counts letters in lower case.</summary>
    public static int CountLowerCase(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (; text.Length >= width; text = text[width..])
        {
            var bytes = Vector256.Create(text);
            count += BitOperations.PopCount(
                (Vector256.GreaterThanOrEqual(bytes, Vector256.Create((byte)'a')) & Vector256.LessThanOrEqual(bytes,
                Vector256.Create((byte)'z'))).ExtractMostSignificantBits());
        }
        foreach (var b in text) if (char.IsAsciiLetterLower((char)b)) count++;
        return count;
    }

    private static int Look(ReadOnlySpan<byte> text, ref Vector256<byte> bad, uint counted)
    {
        var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text));
        var upper = bytes & Vector256.Create((byte)0xDF);
        var good = Vector256.Equals(upper, Vector256.Create((byte)'A')) | Vector256.Equals(upper, Vector256.Create((byte)'C'))
            | Vector256.Equals(upper, Vector256.Create((byte)'G')) | Vector256.Equals(upper, Vector256.Create((byte)'T'))
            | Vector256.Equals(upper, Vector256.Create((byte)'U'));
        bad |= ~good;
        // Bit 5 tells the cases of letters apart; shifted to the top of its byte it can be gathered.
        var lower = Vector256.ShiftLeft(bytes.AsUInt16(), 2).AsByte().ExtractMostSignificantBits();
        return BitOperations.PopCount(lower & counted);
    }
}
