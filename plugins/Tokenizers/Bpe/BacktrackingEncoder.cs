using System.Collections;
using System.Runtime.CompilerServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// For vocabularies too large for an automaton: takes the longest piece that may follow the last one, and goes back where
/// none can (van Antwerpen and Neubeck 2024).
/// </summary>
internal sealed class BacktrackingEncoder
{
    private const ushort NoPiece = ushort.MaxValue;
    private readonly MergeRules rules;
    private readonly LongestPieces longest;
    private readonly ushort[] shorter;

    public BacktrackingEncoder(MergeRules rules)
    {
        this.rules = rules;
        longest = new LongestPieces(rules);
        shorter = new ushort[rules.Count];
        var numbers = new Dictionary<string, int>();
        for (var piece = 0; piece < rules.Count; piece++) numbers.Add(rules.Text(piece), piece);
        for (var piece = 0; piece < rules.Count; piece++)
        {
            var text = rules.Text(piece);
            shorter[piece] = NoPiece;
            for (var cut = text.Length - 1; cut > 0 && shorter[piece] == NoPiece; cut--)
                if (numbers.TryGetValue(text[..cut], out var prefix)) shorter[piece] = (ushort)prefix;
        }
    }

    /// <inheritdoc cref="BpeEncoder.Encode"/>
    public int Encode(ref byte codes, int count, Span<ushort> pieces)
    {
        var deadEnds = new BitArray(count + 1);
        var (taken, place) = (0, 0);
        while (place < count)
        {
            var piece = longest.At(ref Unsafe.Add(ref codes, place));
            while (place + Length(piece) > count || deadEnds[place + Length(piece)] || taken > 0 && !rules.AreCompatible(pieces[taken - 1], piece))
            {
                piece = shorter[piece];
                while (piece == NoPiece)
                {
                    deadEnds[place] = true;
                    var last = pieces[--taken];
                    place -= Length(last);
                    piece = shorter[last];
                }
            }
            pieces[taken++] = (ushort)piece;
            place += Length(piece);
        }
        return taken;
    }

    private int Length(int piece) => rules.Text(piece).Length;
}
