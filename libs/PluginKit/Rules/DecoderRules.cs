using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of decoders, rule by rule.</summary>
internal static class DecoderRules
{
    private const int Rows = 4, MaxTokens = 6, Stop = 2, Forbidden = 3;

    public static IEnumerable<Rule> Of(Subject subject)
    {
        IReadOnlyList<DecodedSequence> Write(int rows = Rows, long first = 0, ulong seed = 5) => SmallWriting.Run(
            subject.Build<IDecoder>(), rows,
            new DecodeLimits(MaxTokens) { Stop = [Stop], Forbidden = [Forbidden], Seed = seed, FirstRow = first });

        yield return new("choices", () => _ = Write());
        yield return new("answers", () => Answers(Write()));
        yield return new("same seed, same tokens", () =>
            Require(Same(Write(), Write()), "the same prompts and seed give other tokens."));
        yield return new("batch independence", () =>
        {
            var (upper, lower) = (Write(Rows / 2), Write(Rows - Rows / 2, first: Rows / 2));
            Require(Same(Write(), [.. upper, .. lower.Select(s => s with { Row = s.Row + Rows / 2 })]),
                "prompts in two batches give other tokens than in one: draw by DecodeLimits.Number(row).");
        });
    }

    private static void Answers(IReadOnlyList<DecodedSequence> written)
    {
        for (var row = 0; row < Rows; row++) Require(written.Any(w => w.Row == row), $"prompt {row} has no answer.");
        foreach (var one in written)
        {
            Require(one.Row is >= 0 and < Rows, $"an answer belongs to prompt {one.Row} of {Rows}.");
            Require(one.Tokens.Count <= MaxTokens, $"an answer has {one.Tokens.Count} tokens; {MaxTokens} are allowed.");
            Require(!one.Tokens.Contains(Forbidden), "a forbidden token was chosen.");
            Require(one.Stopped == (one.Tokens.LastOrDefault(-1) == Stop),
                "an answer says that it stopped and has no stop token, or the reverse.");
            var expected = SmallWriting.LogProbability(one);
            Require(Math.Abs(one.LogProbability - expected) < 1e-4,
                $"an answer's LogProbability is {one.LogProbability}; the model's own is {expected}.");
        }
    }

    private static bool Same(IReadOnlyList<DecodedSequence> one, IReadOnlyList<DecodedSequence> other) =>
        one.Count == other.Count && one.OrderBy(w => w.Row).Zip(other.OrderBy(w => w.Row))
            .All(p => p.First.Row == p.Second.Row && p.First.Tokens.SequenceEqual(p.Second.Tokens));
}
