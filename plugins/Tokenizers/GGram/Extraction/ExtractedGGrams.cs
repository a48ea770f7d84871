namespace PluginHost.Plugins.GGram;

/// <summary>What was found.</summary>
/// <param name="GGrams">Most frequent first, then by token ids; id is place plus one.</param>
/// <param name="Counts">What was counted on the way.</param>
internal sealed record ExtractedGGrams(IReadOnlyList<CountedGGram> GGrams, ExtractionCounts Counts);

/// <summary>A G-gram and how often it was counted.</summary>
/// <param name="Tokens">Token ids.</param>
/// <param name="Count">Occurrences.</param>
internal readonly record struct CountedGGram(int[] Tokens, long Count);

/// <summary>Figures of an extraction.</summary>
/// <param name="Sequences">Stretches read.</param>
/// <param name="Tokens">Tokens that stand for known bases.</param>
/// <param name="Pairs">Neighbours among them.</param>
/// <param name="DistinctPairs">Different pairs of neighbours.</param>
/// <param name="JoinedPairs">Of these, joined.</param>
/// <param name="Candidates">Different candidates of a length asked for.</param>
/// <param name="Frequent">Of these, those as frequent as asked for.</param>
internal sealed record ExtractionCounts(long Sequences, long Tokens, long Pairs, long DistinctPairs, long JoinedPairs, long Candidates,
    long Frequent);
