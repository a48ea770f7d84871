namespace PluginHost.Benchmarks;

/// <summary>Sequences of real lengths.</summary>
/// <param name="Tokens">Most tokens of one; longer ones are cut.</param>
/// <param name="Shortest">Fewest bases of one.</param>
/// <param name="Longest">Most bases of one.</param>
/// <param name="Count">Sequences.</param>
internal sealed record SequenceLengths(int Tokens, int Shortest, int Longest, int Count);
