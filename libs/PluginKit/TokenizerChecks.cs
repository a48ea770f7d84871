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
    public static void DecodesExactly(ITokenizer tokenizer, string sequence)
    {
        var decoded = tokenizer.Decode(tokenizer.Encode(new("x", sequence), new EncodeContext()).Ids);
        Require(decoded == sequence, $"decode(encode(x)) is '{decoded}' for x = '{sequence}'.");
    }

    /// <summary>
    /// Ids are in the vocabulary; spans are ordered, inside the sequence, and empty for special tokens only; counts and limits hold; the
    /// same call gives the same result.
    /// </summary>
    public static void Check(ITokenizer tokenizer, string sequence, EncodeContext context)
    {
        var where = $"for '{sequence}' ({context.MaxTokens} tokens at most, special tokens {context.SpecialTokens})";
        var sample = new Sample("x", sequence);
        var encoding = tokenizer.Encode(sample, context);
        Require(encoding.Ids.Length <= context.MaxTokens, $"{encoding.Ids.Length} tokens {where}.");
        Require(encoding.Ids.Length == tokenizer.CountTokens(sample, context),
            $"CountTokens says {tokenizer.CountTokens(sample, context)} but Encode gives {encoding.Ids.Length} {where}.");
        var covered = new BaseSpan(0, 0);
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var (id, span) = (encoding.Ids[t], encoding.Spans[t]);
            Require(id >= 0 && id < tokenizer.Vocabulary.Count, $"id {id} is outside the vocabulary {where}.");
            if (span.Length == 0)
            {
                Require(tokenizer.Vocabulary.IsSpecial(id),
                    $"token {t}, '{tokenizer.Vocabulary.Tokens[id]}', covers no bases but is not special {where}.");
                continue;
            }
            Require(span.Start >= covered.Start && span.End >= covered.End, $"span {t}, {span}, comes after {covered} {where}.");
            Require(span.Start >= 0 && span.End <= sequence.Length, $"span {t}, {span}, is outside {where}.");
            covered = span;
        }
        Require(covered.End + encoding.DroppedBases <= sequence.Length,
            $"{covered.End} bases are covered and {encoding.DroppedBases} dropped {where}.");
        Require(encoding.Ids.SequenceEqual(tokenizer.Encode(sample, context).Ids), $"two calls give different ids {where}.");
    }

    private static void SavedTwiceIsTheSame(ITokenizer tokenizer)
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
