namespace PluginHost.Plugins.Bpe;

/// <summary>Byte-pair encoding of one unbroken run of letters, in linear time. The result is that of applying merges in order.</summary>
internal sealed class BpeEncoder
{
    /// <summary>Letters a piece may have.</summary>
    public const int MostLetters = 60_000;

    private readonly AutomatonEncoder? automaton;
    private readonly BacktrackingEncoder? backtracking;

    /// <param name="rules">The pieces.</param>
    /// <param name="mayReadStates">False to do without an automaton, as for vocabularies too large for one.</param>
    /// <exception cref="DataException">A piece of too many letters.</exception>
    public BpeEncoder(MergeRules rules, bool mayReadStates = true)
    {
        for (var piece = 0; piece < rules.Count; piece++)
        {
            var text = rules.Text(piece);
            if (text.Length > MostLetters)
                throw new DataException(
                    $"The token '{text[..20]}...' has {text.Length:N0} letters; bpe holds tokens of at most {MostLetters:N0}.");
        }
        if (mayReadStates && PrefixAutomaton.TryBuild(rules) is { } states) automaton = AutomatonEncoder.For(states);
        else backtracking = new(rules);
    }

    /// <summary>Encodes a run.</summary>
    /// <param name="codes">Letter numbers.</param>
    /// <param name="pieces">Receives at most as many pieces as there are letters.</param>
    /// <returns>How many pieces there are.</returns>
    public int Encode(ReadOnlySpan<byte> codes, Span<ushort> pieces) => automaton?.Encode(codes, pieces)
        ?? backtracking!.Encode(codes, pieces);
}
