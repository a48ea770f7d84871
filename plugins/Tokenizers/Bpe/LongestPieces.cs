using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// The longest piece at a place: the first letters (8 of a four-letter alphabet) look it up in one table; the few longer
/// pieces go on from there in a trie.
/// </summary>
internal sealed class LongestPieces
{
    /// <summary>Letters past the end of a sequence that may be read.</summary>
    public const int ReadAhead = 8;

    private const uint NoPiece = 0xFFFF;
    private readonly int bits;
    private readonly int direct;
    private readonly ulong mask;
    private readonly uint[] table;
    private readonly int[] children;
    private readonly int[] pieceAt;

    public LongestPieces(MergeRules rules)
    {
        bits = rules.Letters <= 4 ? 2 : rules.Letters <= 16 ? 4 : 8;
        direct = 16 / bits;
        mask = ulong.MaxValue / 255 * ((1UL << bits) - 1) & (ulong.MaxValue >> (64 - 8 * direct));
        table = new uint[1 << 16];
        Array.Fill(table, NoPiece);
        var codes = new Dictionary<char, int>();
        for (var letter = 0; letter < rules.Letters; letter++) codes.Add(rules.Text(letter)[0], letter);
        var (growing, pieces) = (new List<int[]> { new int[1 << bits] }, new List<int> { -1 });
        // Pieces that begin with the table's letters and go on: the nodes they share come first, to fit the entries' upper half.
        for (var piece = 0; piece < rules.Count; piece++)
            if (rules.Text(piece).Length > direct) Root(Key(rules.Text(piece), codes), growing, pieces);
        for (var piece = 0; piece < rules.Count; piece++) Add(piece, rules, codes, growing, pieces);
        children = [.. growing.SelectMany(c => c)];
        pieceAt = [.. pieces];
    }

    /// <summary>The longest piece that begins at a place; it may run past the end of the sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(ref byte codes)
    {
        var entry = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), (nint)(uint)Key(ref codes));
        return entry <= NoPiece ? (int)entry : Further(ref codes, entry);
    }

    private int Further(ref byte codes, uint entry)
    {
        var longest = (int)(entry & NoPiece);
        var node = (int)(entry >> 16);
        for (var i = direct; ; i++)
        {
            node = children[node << bits | Unsafe.Add(ref codes, i) & ((1 << bits) - 1)];
            if (node == 0) return longest;
            if (pieceAt[node] >= 0) longest = pieceAt[node];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Key(ref byte codes)
    {
        var letters = Unsafe.ReadUnaligned<ulong>(ref codes);
        if (Bmi2.X64.IsSupported) return (int)Bmi2.X64.ParallelBitExtract(letters, mask);
        var key = 0;
        for (var i = 0; i < direct; i++) key |= ((int)(letters >> (8 * i)) & ((1 << bits) - 1)) << (i * bits);
        return key;
    }

    private int Key(string text, Dictionary<char, int> codes)
    {
        var key = 0;
        for (var i = 0; i < Math.Min(direct, text.Length); i++) key |= codes[text[i]] << (i * bits);
        return key;
    }

    private void Root(int key, List<int[]> growing, List<int> pieces)
    {
        if (table[key] > NoPiece) return;
        table[key] = (uint)growing.Count << 16 | NoPiece;
        growing.Add(new int[1 << bits]);
        pieces.Add(-1);
    }

    /// <summary>Pieces come in ascending order of number, which is not that of length: a shorter one must not replace a longer.</summary>
    private void Add(int piece, MergeRules rules, Dictionary<char, int> codes, List<int[]> growing, List<int> pieces)
    {
        var text = rules.Text(piece);
        var key = Key(text, codes);
        if (text.Length <= direct)
        {
            for (var rest = 0; rest < 1 << (16 - bits * text.Length); rest++)
            {
                ref var entry = ref table[key | rest << (bits * text.Length)];
                var present = entry & NoPiece;
                if (present == NoPiece || rules.Text((int)present).Length < text.Length) entry = entry & ~NoPiece | (uint)piece;
            }
            return;
        }
        var node = (int)(table[key] >> 16);
        foreach (var letter in text.AsSpan(direct))
        {
            var next = growing[node][codes[letter]];
            if (next == 0)
            {
                growing[node][codes[letter]] = next = growing.Count;
                growing.Add(new int[1 << bits]);
                pieces.Add(-1);
            }
            node = next;
        }
        pieces[node] = piece;
    }
}
