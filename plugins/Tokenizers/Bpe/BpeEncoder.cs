using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// Byte-pair encoding of one unbroken run of letters, in linear time: takes the longest piece that may follow the last
/// one, and goes back where none can (van Antwerpen and Neubeck 2024). The result is that of applying merges in order.
/// </summary>
internal sealed class BpeEncoder
{
    /// <summary>Letters a piece may have.</summary>
    public const int MostLetters = 60_000;

    private const ushort NoPiece = ushort.MaxValue;
    private readonly LongestPieces longest;
    private readonly ushort[] shorter;
    private readonly ushort[] length;
    private readonly PairBits pairBits;
    private readonly PairWalk pairWalk;
    private readonly bool hasBits;

    public BpeEncoder(MergeRules rules)
    {
        longest = new LongestPieces(rules);
        length = new ushort[rules.Count];
        shorter = new ushort[rules.Count];
        var numbers = new Dictionary<string, int>();
        for (var piece = 0; piece < rules.Count; piece++) numbers.Add(rules.Text(piece), piece);
        for (var piece = 0; piece < rules.Count; piece++)
        {
            var text = rules.Text(piece);
            if (text.Length > MostLetters) throw new DataException($"The token '{text[..20]}...' has {text.Length:N0} letters; bpe holds tokens of at most {MostLetters:N0}.");
            length[piece] = (ushort)text.Length;
            shorter[piece] = NoPiece;
            for (var cut = text.Length - 1; cut > 0 && shorter[piece] == NoPiece; cut--)
                if (numbers.TryGetValue(text[..cut], out var prefix)) shorter[piece] = (ushort)prefix;
            LongestPiece = Math.Max(LongestPiece, text.Length);
        }
        hasBits = rules.Count <= PairBits.MostPieces;
        if (hasBits) pairBits = new PairBits(rules);
        else pairWalk = new PairWalk(rules);
    }

    /// <summary>Letters of the longest piece.</summary>
    public int LongestPiece { get; }

    /// <summary>Letters of each piece.</summary>
    public ReadOnlySpan<ushort> Lengths => length;

    /// <summary>How many words <see cref="Encode"/> needs to remember dead ends in.</summary>
    public int DeadEndWords(int letters) => (letters + LongestPiece) / 64 + 1;

    /// <summary>Encodes a run. No piece may end beyond it, so places there count as dead ends from the start.</summary>
    /// <param name="codes">Letter numbers; <see cref="LongestPieces.ReadAhead"/> or <see cref="LongestPiece"/> bytes beyond the run can be read.</param>
    /// <param name="count">Letters of the run.</param>
    /// <param name="pieces">Receives at most <paramref name="count"/> pieces.</param>
    /// <param name="deadEnds">Scratch of <see cref="DeadEndWords"/> words.</param>
    /// <returns>How many pieces there are.</returns>
    public int Encode(ref byte codes, int count, Span<ushort> pieces, Span<ulong> deadEnds)
    {
        var words = DeadEndWords(count);
        var beyond = (count + 1) / 64;
        deadEnds[..beyond].Clear();
        deadEnds[beyond] = ulong.MaxValue << (count + 1);
        deadEnds[(beyond + 1)..words].Fill(ulong.MaxValue);
        return hasBits
            ? Encode(pairBits, ref codes, count, ref MemoryMarshal.GetReference(pieces), ref MemoryMarshal.GetReference(deadEnds))
            : Encode(pairWalk, ref codes, count, ref MemoryMarshal.GetReference(pieces), ref MemoryMarshal.GetReference(deadEnds));
    }

    private int Encode<TPairs>(TPairs pairs, ref byte codes, int count, ref ushort pieces, ref ulong deadEnds) where TPairs : struct, IPairs
    {
        ref var lengths = ref MemoryMarshal.GetArrayDataReference(length);
        ref var prefixes = ref MemoryMarshal.GetArrayDataReference(shorter);
        var taken = 0;
        var place = 0;
        var last = pairs.None;
        var row = pairs.Row(last);
        while (place < count)
        {
            var piece = longest.At(ref Unsafe.Add(ref codes, place));
            while (true)
            {
                var end = place + Unsafe.Add(ref lengths, piece);
                if ((Unsafe.Add(ref deadEnds, end >> 6) >> end & 1) == 0 && pairs.Allow(row, piece))
                {
                    Unsafe.Add(ref pieces, taken++) = (ushort)piece;
                    place = end;
                    last = piece;
                    row = pairs.Row(last);
                    break;
                }
                piece = Unsafe.Add(ref prefixes, piece);
                while (piece == NoPiece)
                {
                    Unsafe.Add(ref deadEnds, place >> 6) |= 1UL << place;
                    piece = Unsafe.Add(ref prefixes, last);
                    place -= Unsafe.Add(ref lengths, last);
                    taken--;
                    last = taken > 0 ? Unsafe.Add(ref pieces, taken - 1) : pairs.None;
                    row = pairs.Row(last);
                }
            }
        }
        return taken;
    }
}
