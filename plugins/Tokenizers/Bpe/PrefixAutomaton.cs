using System.Numerics;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// Reads letters and tells after each the last piece of the encoding of all letters so far: one table look-up a letter.
/// For DNABERT-2's 4,091 pieces it has 11,385 states.
/// </summary>
/// <remarks>
/// Of the pieces that end at a letter exactly one may follow the encoding of the letters before it (van Antwerpen and
/// Neubeck 2024). Which one, depends on the last pieces at the places where a longer piece may have begun, and of these only
/// on what longer pieces they allow. So a state is the last piece and a list of such places: what has been read since, as
/// a node of the trie, and a row of <see cref="AllowedPairs"/> that stands for all that agree on the pieces below that node.
/// </remarks>
internal sealed class PrefixAutomaton
{
    /// <summary>Above this many pieces the rows, which are needed while it is built, take more than 128 MiB.</summary>
    private const int MostPieces = 32_768;

    /// <summary>Pieces that may have begun, over all states; DNABERT-2's have 34,000. Very long repetitive pieces have too many.</summary>
    private const int MostBegun = 1 << 22;

    private PrefixAutomaton(int[] next, int letterBits, (ushort Piece, ushort Length)[] last) =>
        (Next, LetterBits, Last) = (next, letterBits, last);

    /// <summary>The state after <c>state &lt;&lt; LetterBits | letter</c>. State 0 is that before the first letter.</summary>
    public int[] Next { get; }

    /// <summary>Bits that a letter takes.</summary>
    public int LetterBits { get; }

    /// <summary>For each state but the first, the last piece and its letters.</summary>
    public (ushort Piece, ushort Length)[] Last { get; }

    /// <summary>Null where that would be too large.</summary>
    public static PrefixAutomaton? TryBuild(MergeRules rules)
    {
        if (rules.Count is 0 or > MostPieces) return null;
        var trie = new PieceTrie(rules);
        var rows = new RowClasses(rules, trie);
        var letterBits = BitOperations.Log2((uint)rules.Letters - 1 | 1) + 1;
        var states = new List<State>();
        var numbers = new Dictionary<State, int>();
        var next = new List<int>();
        var begun = 0;
        Number(new State(-1, [State.Beginning(0, rows.Of(0, rules.Count))]));
        for (var state = 0; state < states.Count; state++)
            for (var letter = 0; letter < 1 << letterBits; letter++)
            {
                var number = letter < rules.Letters ? Number(states[state].After(letter, trie, rows)) : 0;
                if (begun > MostBegun) return null;
                next.Add(number);
            }
        return new([.. next], letterBits,
            [.. states.Select(state => state.Piece < 0 ? default : ((ushort)state.Piece, (ushort)rules.Text(state.Piece).Length))]);

        int Number(State state)
        {
            if (numbers.TryGetValue(state, out var number)) return number;
            numbers.Add(state, states.Count);
            states.Add(state);
            begun += state.Begun.Length;
            return states.Count - 1;
        }
    }

    /// <param name="piece">The last piece; -1 before the first letter.</param>
    /// <param name="begun">
    /// Where longer pieces may have begun: what has been read of them as a node in the upper half, the row of the piece before in the
    /// lower.
    /// </param>
    private sealed class State(int piece, long[] begun) : IEquatable<State>
    {
        public int Piece => piece;

        public ReadOnlySpan<long> Begun => begun;

        public static long Beginning(int node, int row) => (long)node << 32 | (uint)row;

        public State After(int letter, PieceTrie trie, RowClasses rows)
        {
            var last = -1;
            var (open, count) = (new long[begun.Length + 1], 0);
            foreach (var place in begun)
            {
                var row = (int)place;
                var child = trie.Child((int)(place >> 32), letter);
                if (child == 0) continue;
                if (trie.Piece(child) is >= 0 and var ended && rows.Allows(row, ended)) last = ended;
                if (rows.Of(child, row) is >= 0 and var same) open[count++] = Beginning(child, same);
            }
            if (rows.Of(0, last) is >= 0 and var any) open[count++] = Beginning(0, any);
            return new(last, open[..count]);
        }

        public bool Equals(State? other) => other is not null && piece == other.Piece && Begun.SequenceEqual(other.Begun);

        public override bool Equals(object? other) => Equals(other as State);

        public override int GetHashCode()
        {
            var hash = (ulong)piece;
            foreach (var place in begun) hash = (hash ^ (ulong)place) * 0x9E3779B97F4A7C15 ^ hash >> 29;
            return (int)(hash >> 32);
        }
    }
}
