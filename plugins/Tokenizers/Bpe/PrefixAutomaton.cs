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
    /// <summary>States are numbered in 16 bits.</summary>
    public const int MostStates = 1 << 16;

    /// <summary>Above this many pieces the rows take more than 32 MiB.</summary>
    public const int MostPieces = 16_384;

    /// <summary>Pieces that may have begun, over all states; DNABERT-2's have 45,000. Very long repetitive pieces have too many.</summary>
    private const int MostBegun = 1 << 22;

    private PrefixAutomaton(ushort[] next, int letterBits, (ushort Piece, ushort Length)[] last) => (Next, LetterBits, Last) = (next, letterBits, last);

    /// <summary>The state after <c>state &lt;&lt; LetterBits | letter</c>. State 0 is that before the first letter.</summary>
    public ushort[] Next { get; }

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
        var next = new List<ushort>();
        var begun = 0;
        Number(new State(-1, [(0, rows.Of(0, rules.Count))]));
        for (var state = 0; state < states.Count; state++)
            for (var letter = 0; letter < 1 << letterBits; letter++)
            {
                var number = letter < rules.Letters ? Number(states[state].After(letter, trie, rows)) : 0;
                if (number >= MostStates || begun > MostBegun) return null;
                next.Add((ushort)number);
            }
        return new([.. next], letterBits, [.. states.Select(state => state.Piece < 0 ? default : ((ushort)state.Piece, (ushort)rules.Text(state.Piece).Length))]);

        int Number(State state)
        {
            if (numbers.TryGetValue(state, out var number)) return number;
            numbers.Add(state, states.Count);
            states.Add(state);
            begun += state.Begun.Count;
            return states.Count - 1;
        }
    }

    private sealed class State(int piece, List<(int Node, int Row)> begun) : IEquatable<State>
    {
        public int Piece => piece;

        /// <summary>Where longer pieces may have begun: what has been read of them, and the row of the piece before.</summary>
        public List<(int Node, int Row)> Begun => begun;

        public State After(int letter, PieceTrie trie, RowClasses rows)
        {
            var last = -1;
            var open = new List<(int Node, int Row)>();
            foreach (var (node, row) in begun)
            {
                var child = trie.Child(node, letter);
                if (child == 0) continue;
                if (trie.Piece(child) is >= 0 and var ended && rows.Allows(row, ended)) last = ended;
                if (rows.Of(child, row) is >= 0 and var same) open.Add((child, same));
            }
            if (rows.Of(0, last) is >= 0 and var any) open.Add((0, any));
            return new(last, open);
        }

        public bool Equals(State? other) => other is not null && piece == other.Piece && begun.SequenceEqual(other.Begun);

        public override bool Equals(object? other) => Equals(other as State);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(piece);
            foreach (var place in begun) hash.Add(place);
            return hash.ToHashCode();
        }
    }
}
