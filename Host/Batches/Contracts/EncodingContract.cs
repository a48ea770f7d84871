using PluginHost.Host.Plugins;

namespace PluginHost.Host.Batches.Contracts;

/// <summary>
/// Holds a tokenizer to what it declares: every id in its vocabulary, every span inside the sequence and in order. Checked on each
/// sequence it encodes, one look at each token: an id out of range is an error of the tensor library at best, and a
/// wrong embedding at worst.
/// </summary>
/// <param name="tokenizer">The pipeline's.</param>
internal sealed class EncodingContract(ITokenizer tokenizer)
{
    private readonly int ids = Ids(tokenizer);

    /// <summary>Checks one encoding.</summary>
    /// <param name="encoding">What came back.</param>
    /// <param name="sample">What was encoded.</param>
    /// <param name="context">How.</param>
    /// <exception cref="PluginException">It breaks a rule: names the tokenizer, its plugin, the token and the sample.</exception>
    public void Check(EncodedSequence? encoding, Sample sample, EncodeContext context)
    {
        if (encoding is null) throw Origins.Broken(tokenizer, $"returned nothing (null) for {sample.Where}.");
        var (tokens, spans) = (encoding.Ids, encoding.Spans);
        if (tokens.Length > context.MaxTokens)
            throw Origins.Broken(tokenizer, $"returned {tokens.Length:N0} tokens for {sample.Where} when at most {context.MaxTokens:N0} "
                + "were asked for.");
        var (start, end) = (0, 0);
        for (var t = 0; t < tokens.Length; t++)
        {
            if ((uint)tokens[t] >= (uint)ids)
                throw Origins.Broken(tokenizer, $"returned id {tokens[t]}; its vocabulary has {ids} tokens, 0 to {ids - 1} "
                    + $"(token {t + 1} of {sample.Where}).");
            var span = spans[t];
            if (span.Start == span.End) continue;
            if (span.Start < 0 || span.End < span.Start || span.End > sample.Sequence.Length)
                throw Origins.Broken(tokenizer,
                    $"says that token {t + 1} of {sample.Where} covers the bases {span.Start} to {span.End}; the "
                    + $"sequence has {sample.Sequence.Length:N0}, and spans are half-open, 0-based.");
            if (span.Start < start || span.End < end)
                throw Origins.Broken(tokenizer, $"returned spans out of order: token {t + 1} of {sample.Where} covers the bases "
                    + $"{span.Start} to {span.End}, the one before it {start} to {end}.");
            (start, end) = (span.Start, span.End);
        }
    }

    private static int Ids(ITokenizer tokenizer) => tokenizer.IdCount(Keys.InputIds)
        ?? (tokenizer.Vocabulary ?? throw Origins.Broken(tokenizer, "has no vocabulary (null).")).Count;
}
