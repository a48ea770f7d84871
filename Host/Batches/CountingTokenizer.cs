using PluginHost.Host.Batches.Contracts;

namespace PluginHost.Host.Batches;

/// <summary>
/// The pipeline's tokenizer as one batch sees it: whatever is encoded through it is checked and counted, whoever asks. Not thread-safe.
/// </summary>
/// <param name="inner">Does the work.</param>
internal sealed class CountingTokenizer(ITokenizer inner) : ITokenizer
{
    private readonly EncodingContract contract = new(inner);

    /// <summary>What was encoded so far.</summary>
    public EncodingTally Counted { get; private set; } = new();

    public Vocabulary Vocabulary => inner.Vocabulary;

    public IReadOnlyList<BatchKey> Writes => inner.Writes;

    public IReadOnlyList<BatchKey> Revealing => inner.Revealing;

    public Question Asks => inner.Asks;

    public int? IdCount(BatchKey column) => inner.IdCount(column);

    public Alphabet Alphabet => inner.Alphabet;

    /// <exception cref="DataException">The sequence holds what the tokenizer does not read.</exception>
    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        if (Alphabet.FindForeign(sample.Sequence) is >= 0 and var at) throw Foreign(sample, at);
        var encoding = inner.Encode(sample, context);
        contract.Check(encoding, sample, context);
        var unknown = Vocabulary.Unknown;
        var (bases, unknowns, ambiguous, whole) = (0L, 0L, 0L, 0L);
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            if (encoding.Spans[i].Length == 0) continue;
            bases++;
            if (encoding.Ids[i] != unknown) continue;
            unknowns++;
            if (sample.Sequence.AsSpan(encoding.Spans[i].Start, encoding.Spans[i].Length).ContainsAnyExcept("ACGT")) ambiguous++;
            else if (encoding.Spans[i].Length == sample.Sequence.Length) whole++;
        }
        Counted = Counted.Plus(new(1, encoding.DroppedBases > 0 ? 1 : 0, encoding.DroppedBases, bases, unknowns,
            Ambiguous: ambiguous, Short: whole));
        return encoding;
    }

    private DataException Foreign(Sample sample, int at) => new($"{sample.Where}: '{sample.Sequence[at]}' at position {at + 1} of the "
        + $"sequence is not in the tokenizer's alphabet, {Alphabet.Characters}. Give the data and the tokenizer the same "
            + "alphabet: both take "
        + "the option 'alphabet' where they read more than nucleotides.");

    public string Decode(ReadOnlySpan<int> ids) => inner.Decode(ids);

    public string Text(EncodedSequence encoding) => inner.Text(encoding);

    public int CountTokens(Sample sample, EncodeContext context) => inner.CountTokens(sample, context);

    public IReadOnlyList<string> Save(string folder) => inner.Save(folder);
}
