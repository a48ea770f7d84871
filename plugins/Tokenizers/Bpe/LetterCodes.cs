using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>Characters to letter numbers. A, C, G, T alone go through vector registers.</summary>
internal sealed class LetterCodes
{
    /// <summary>What stands for a character that no merge has.</summary>
    public const byte None = 255;

    /// <summary>The order in which bits 1 and 2 of the ASCII codes number these letters.</summary>
    public const string FourLetters = "ACTG";

    private readonly byte[] codes = new byte[128];
    private readonly bool four;

    public LetterCodes(MergeRules rules)
    {
        Array.Fill(codes, None);
        for (var letter = 0; letter < rules.Letters; letter++) codes[rules.Text(letter)[0]] = (byte)letter;
        four = rules.Letters == 4 && FourLetters.Select((c, i) => codes[c] == i).All(same => same);
    }

    /// <summary>Writes a number, or <see cref="None"/>, for each character.</summary>
    public void ToCodes(ReadOnlySpan<char> text, Span<byte> target)
    {
        var i = 0;
        if (four)
        {
            ref var from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
            ref var to = ref MemoryMarshal.GetReference(target);
            for (; i <= text.Length - Vector<byte>.Count; i += Vector<byte>.Count)
                Vector.Narrow(Codes(Vector.LoadUnsafe(ref from, (nuint)i)),
                    Codes(Vector.LoadUnsafe(ref from, (nuint)(i + Vector<ushort>.Count))))
                    .StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < text.Length; i++) target[i] = text[i] < codes.Length ? codes[text[i]] : None;
    }

    private static Vector<ushort> Codes(Vector<ushort> c)
    {
        var letter = Vector.Equals(c, new((ushort)'A')) | Vector.Equals(c, new((ushort)'C'))
            | Vector.Equals(c, new((ushort)'G')) | Vector.Equals(c, new((ushort)'T'));
        return ((c >>> 1) & new Vector<ushort>(3)) | ~letter;
    }
}
