using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

/// <summary>What the contract asks of every tokenizer.</summary>
public static class TokenizerChecks
{
    /// <summary>Runs all checks.</summary>
    /// <param name="tokenizer">Under test.</param>
    /// <param name="tokenBases">Decoding must be exact for sequences of at least this many bases.</param>
    /// <param name="exact">False for tokenizers that are documented to lose bases.</param>
    /// <exception cref="ConformanceException">A rule is broken.</exception>
    public static void Run(ITokenizer tokenizer, int tokenBases, bool exact = true)
    {
        var random = new SeededRandom(7);
        for (var length = tokenBases; length < tokenBases + 40; length++)
        {
            var sequence = SampleDna.Sequence(random, length);
            if (exact) DecodesExactly(tokenizer, sequence);
            Check(tokenizer, sequence, new EncodeContext());
            Check(tokenizer, sequence, new EncodeContext(SpecialTokens: false));
            Check(tokenizer, sequence, new EncodeContext(MaxTokens: 8));
            Check(tokenizer, "N" + sequence + "RYN" + sequence.ToLowerInvariant(), new EncodeContext());
        }
        for (var length = 1; length < tokenBases; length++) Check(tokenizer, SampleDna.Sequence(random, length), new EncodeContext());
        SavedTwiceIsTheSame(tokenizer);
    }

    /// <summary>decode(encode(x)) = x.</summary>
    public static void DecodesExactly(ITokenizer tokenizer, string sequence) => DecodesExactly(tokenizer, new Sample("x", sequence));

    /// <inheritdoc cref="DecodesExactly(ITokenizer, string)"/>
    public static void DecodesExactly(ITokenizer tokenizer, Sample sample)
    {
        var sequence = sample.Sequence;
        var decoded = tokenizer.Decode(tokenizer.Encode(sample, new EncodeContext()).Ids);
        Require(decoded == sequence, $"decode(encode(x)) is '{decoded}' for x = '{sequence}'.");
    }

    /// <summary>
    /// Ids are in the vocabulary; spans are ordered, inside the sequence, and empty for special tokens only; counts and limits hold; the
    /// same call gives the same result.
    /// </summary>
    public static void Check(ITokenizer tokenizer, string sequence, EncodeContext context)
    {
        IdsAreKnown(tokenizer, new("x", sequence), context);
        SpansAreOrdered(tokenizer, new("x", sequence), context);
        LimitsHold(tokenizer, new("x", sequence), context);
        TwiceIsTheSame(tokenizer, new("x", sequence), context);
    }

    /// <summary>Every id has its row in the vocabulary.</summary>
    public static void IdsAreKnown(ITokenizer tokenizer, Sample sample, EncodeContext context)
    {
        foreach (var id in tokenizer.Encode(sample, context).Ids)
            Require(id >= 0 && id < tokenizer.Vocabulary.Count,
                $"id {id} is outside the vocabulary, which has {tokenizer.Vocabulary.Count}, {Where(sample, context)}.");
    }

    /// <summary>Spans are ordered, inside the sequence, and empty for special tokens only.</summary>
    public static void SpansAreOrdered(ITokenizer tokenizer, Sample sample, EncodeContext context)
    {
        var where = Where(sample, context);
        var encoding = tokenizer.Encode(sample, context);
        var covered = new BaseSpan(0, 0);
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var (id, span) = (encoding.Ids[t], encoding.Spans[t]);
            if (span.Length == 0)
            {
                if (id >= 0 && id < tokenizer.Vocabulary.Count) // else another rule's business
                    Require(tokenizer.Vocabulary.IsSpecial(id),
                        $"token {t}, '{tokenizer.Vocabulary.Tokens[id]}', covers no bases but is not special {where}.");
                continue;
            }
            Require(span.Start >= covered.Start && span.End >= covered.End, $"span {t}, {span}, comes after {covered} {where}.");
            Require(span.Start >= 0 && span.End <= sample.Sequence.Length, $"span {t}, {span}, is outside {where}.");
            covered = span;
        }
        Require(covered.End + encoding.DroppedBases <= sample.Sequence.Length,
            $"{covered.End} bases are covered and {encoding.DroppedBases} dropped {where}.");
    }

    /// <summary>There are no more tokens than asked for, and as many as <see cref="ITokenizer.CountTokens"/> says.</summary>
    public static void LimitsHold(ITokenizer tokenizer, Sample sample, EncodeContext context)
    {
        var where = Where(sample, context);
        var (tokens, counted) = (tokenizer.Encode(sample, context).Ids.Length, tokenizer.CountTokens(sample, context));
        Require(tokens <= context.MaxTokens, $"{tokens} tokens {where}.");
        Require(tokens == counted, $"CountTokens says {counted} but Encode gives {tokens} {where}.");
    }

    /// <summary>The same call gives the same ids and spans.</summary>
    public static void TwiceIsTheSame(ITokenizer tokenizer, Sample sample, EncodeContext context)
    {
        var (first, second) = (tokenizer.Encode(sample, context), tokenizer.Encode(sample, context));
        Require(first.Ids.SequenceEqual(second.Ids) && first.Spans.SequenceEqual(second.Spans),
            $"two calls give different ids or spans {Where(sample, context)}.");
    }

    /// <summary>One that is built from what another saved encodes as that one does.</summary>
    /// <param name="tokenizer">Is saved.</param>
    /// <param name="load">Builds one; to it the folder is a model folder.</param>
    /// <param name="samples">To compare them on.</param>
    public static void LoadedIsTheSame(ITokenizer tokenizer, Func<string, ITokenizer> load, IReadOnlyList<Sample> samples)
    {
        var folder = Directory.CreateTempSubdirectory("plugin-kit-").FullName;
        try
        {
            tokenizer.Save(folder);
            var loaded = load(folder);
            Require(loaded.Vocabulary.Tokens.SequenceEqual(tokenizer.Vocabulary.Tokens), "saved and loaded, it has another vocabulary.");
            foreach (var sample in samples)
                Require(loaded.Encode(sample, new()).Ids.SequenceEqual(tokenizer.Encode(sample, new()).Ids),
                    $"saved and loaded, it gives other ids {Where(sample, new())}.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Where(Sample sample, EncodeContext context) =>
        $"for '{sample.Sequence}' ({(context.MaxTokens == int.MaxValue ? "any number of" : context.MaxTokens)} tokens at most, special "
        + $"tokens {context.SpecialTokens})";

    /// <summary>Saving twice writes the same files, all of which are named.</summary>
    public static void SavedTwiceIsTheSame(ITokenizer tokenizer)
    {
        var folders = new[] { Directory.CreateTempSubdirectory("plugin-kit-").FullName,
            Directory.CreateTempSubdirectory("plugin-kit-").FullName };
        try
        {
            var names = folders.Select(tokenizer.Save).ToArray();
            Require(names[0].SequenceEqual(names[1]), "Save gives different names.");
            foreach (var name in names[0])
            {
                var files = folders.Select(folder => Path.Combine(folder, name)).ToArray();
                Require(files.All(File.Exists), $"Save names {name} but does not write it.");
                Require(File.ReadAllBytes(files[0]).SequenceEqual(File.ReadAllBytes(files[1])),
                    $"Save writes different bytes into {name}.");
            }
        }
        finally
        {
            foreach (var folder in folders) Directory.Delete(folder, recursive: true);
        }
    }
}
