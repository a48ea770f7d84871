namespace PluginHost.Plugins.Seq2Seq;

/// <summary>A source and its target in tokens.</summary>
/// <param name="Source">As the tokenizer encodes it; for one sequence without special tokens.</param>
/// <param name="Target">Of bases alone; the end token is not among them.</param>
internal sealed record Pair(EncodedSequence Source, int[] Target)
{
    /// <summary>The target as the model reads it; equal to <see cref="Target"/> but for noise.</summary>
    public int[] Read { get; private init; } = Target;

    /// <summary>The pair with a share of the target's tokens read as others of the target.</summary>
    public Pair Noisy(double share, SeededRandom random) => share == 0 ? this : this with
    {
        Read = [.. Target.Select(token => random.NextDouble() < share ? Target[(int)random.Next(Target.Length)] : token)],
    };
}

/// <summary>Which tokens stand around sequences.</summary>
/// <param name="Pad">Padding, and what a decoder starts from.</param>
/// <param name="Separator">Between source and target of one sequence; null for an encoder-decoder.</param>
/// <param name="End">After a target; null for none.</param>
internal sealed record PairMarks(int Pad, int? Separator, int? End)
{
    private static readonly string[] separators = ["<extra_id_0>", "<=>"];

    /// <summary>Finds them in a vocabulary.</summary>
    /// <exception cref="UsageException">It lacks one that is needed.</exception>
    public static PairMarks Of(Seq2SeqOptions options, Vocabulary vocabulary, bool oneSequence) => new(
        vocabulary.Pad ?? throw new UsageException("seq2seq needs a tokenizer whose vocabulary has a padding token."),
        !oneSequence ? null
            : options.Separator is { } text ? Find(vocabulary, text, "separator")
            : separators.Select(vocabulary.Find).FirstOrDefault(id => id is not null) ?? vocabulary.Separator
                ?? throw new UsageException("seq2seq finds no token in the vocabulary to stand between source and target; name one with "
                    + "'separator'."),
        options.End is { } end ? Find(vocabulary, end, "end") : vocabulary.Separator);

    private static int Find(Vocabulary vocabulary, string text, string option) => vocabulary.Find(text)
        ?? throw new UsageException($"seq2seq: the tokenizer's vocabulary has no token '{text}' for the option '{option}'.");

    /// <summary>A target with what ends it.</summary>
    public int[] Ended(int[] target) => End is { } end ? [.. target, end] : target;
}
