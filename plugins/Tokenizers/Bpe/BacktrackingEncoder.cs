using System.Collections;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// For vocabularies too large for an automaton: takes the longest piece that may follow the last one, and goes back where
/// none can (van Antwerpen and Neubeck 2024).
/// </summary>
internal sealed class BacktrackingEncoder
{
    private const ushort NoPiece = ushort.MaxValue;
    private readonly MergeRules rules;
    private readonly PieceTrie trie;
    private readonly ushort[] shorter;
    private readonly int[] lengths;

    public BacktrackingEncoder(MergeRules rules)
    {
        this.rules = rules;
        trie = new PieceTrie(rules);
        lengths = [.. Enumerable.Range(0, rules.Count).Select(piece => rules.Text(piece).Length)];
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
    public int Encode(ReadOnlySpan<byte> codes, Span<ushort> pieces)
    {
        var deadEnds = new BitArray(codes.Length + 1);
        var (taken, place) = (0, 0);
        while (place < codes.Length)
        {
            var piece = Longest(codes[place..]);
            while (deadEnds[place + lengths[piece]] || taken > 0 && !rules.AreCompatible(pieces[taken - 1], piece))
            {
                piece = shorter[piece];
                while (piece == NoPiece)
                {
                    deadEnds[place] = true;
                    var last = pieces[--taken];
                    place -= lengths[last];
                    piece = shorter[last];
                }
            }
            pieces[taken++] = (ushort)piece;
            place += lengths[piece];
        }
        return taken;
    }

    private int Longest(ReadOnlySpan<byte> codes)
    {
        var (node, longest) = (0, -1);
        foreach (var letter in codes)
        {
            node = trie.Child(node, letter);
            if (node == 0) break;
            if (trie.Piece(node) is >= 0 and var piece) longest = piece;
        }
        return longest;
    }
}
