namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of tokenizers, rule by rule.</summary>
internal static class TokenizerRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        var tokenizer = subject.Build<ITokenizer>();
        var samples = Samples(tokenizer, subject.Example);
        yield return new("round trip", () =>
        {
            if (!subject.Example.Exact) throw new NotTriedException("it says that it loses bases");
            foreach (var sample in samples) TokenizerChecks.DecodesExactly(tokenizer, sample);
        });
        yield return new("ids in vocabulary", () => Each(TokenizerChecks.IdsAreKnown));
        yield return new("spans", () => Each(TokenizerChecks.SpansAreOrdered));
        yield return new("max tokens", () => Each(TokenizerChecks.LimitsHold));
        yield return new("determinism", () =>
        {
            Each(TokenizerChecks.TwiceIsTheSame);
            SameSeedSameTokens(tokenizer, samples);
        });
        yield return new("save", () => TokenizerChecks.SavedTwiceIsTheSame(tokenizer));
        yield return new("save and load", () => TokenizerChecks.LoadedIsTheSame(tokenizer, folder => Loaded(subject, folder), samples));

        void Each(Action<ITokenizer, Sample, EncodeContext> check)
        {
            foreach (var sample in samples.Concat(Odd(tokenizer, samples[0])))
                foreach (var context in (EncodeContext[])[new(), new(SpecialTokens: false), new(MaxTokens: 8)])
                    check(tokenizer, sample, context);
        }
    }

    private static ITokenizer Loaded(Subject subject, string folder)
    {
        var before = subject.Bench.ModelFolder;
        subject.Bench.ModelFolder = folder;
        try { return subject.Build<ITokenizer>(); }
        finally { subject.Bench.ModelFolder = before; }
    }

    private static void SameSeedSameTokens(ITokenizer tokenizer, IReadOnlyList<Sample> samples)
    {
        foreach (var sample in samples)
        {
            int[] Drawn() => tokenizer.Encode(sample, new EncodeContext(Random: new SeededRandom(11))).Ids;
            ConformanceException.Require(Drawn().SequenceEqual(Drawn()),
                $"two generators of the same seed give different ids for '{sample.Sequence}'.");
        }
    }

    /// <summary>Sequences at least as long as a token, with the fields that the tokenizer reads.</summary>
    private static List<Sample> Samples(ITokenizer tokenizer, Example example)
    {
        var random = new SeededRandom(7);
        var lengths = tokenizer.Vocabulary.Regular.Select(id => tokenizer.Vocabulary.Tokens[id].Length);
        var longest = Math.Clamp(lengths.DefaultIfEmpty(1).Max(), 1, 64);
        return [.. example.Label([.. Enumerable.Range(longest, 24)
            .Select(length => new Sample("x", Sequence(tokenizer.Alphabet, random, length)) { Fields = tokenizer.SampleFields })])];
    }

    /// <summary>The shortest there are, and letters that stand for several bases.</summary>
    private static IEnumerable<Sample> Odd(ITokenizer tokenizer, Sample like)
    {
        for (var length = 1; length < Math.Min(like.Sequence.Length, 8); length++)
            yield return like with { Sequence = like.Sequence[..length] };
        if (tokenizer.Alphabet.IsDna) yield return like with { Sequence = "N" + like.Sequence + "RYNN" + like.Sequence };
    }

    private static string Sequence(Alphabet alphabet, SeededRandom random, int length) =>
        alphabet.IsDna ? SampleDna.Sequence(random, length)
            : string.Concat(Enumerable.Range(0, length).Select(_ => alphabet.Characters[random.Next(0, alphabet.Characters.Length)]));
}
