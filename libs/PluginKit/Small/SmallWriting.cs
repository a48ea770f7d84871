using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

/// <summary>A decoder at work on a made-up model, whose probabilities follow from the prompt and the tokens so far.</summary>
internal static class SmallWriting
{
    private static readonly Vocabulary vocabulary = new(["a", "b", "stop", "forbidden", "c", "d"], []);

    /// <summary>Lets it write; holds its choices to what is allowed.</summary>
    public static IReadOnlyList<DecodedSequence> Run(IDecoder decoder, int rows, DecodeLimits limits)
    {
        var decoding = decoder.Begin(new DecodeContext(rows, vocabulary, limits));
        var sequences = Enumerable.Range(0, rows).Select(row => (Row: (int)limits.Number(row), Tokens: Array.Empty<int>())).ToList();
        for (var written = 0; sequences.Count > 0; written++)
        {
            Require(written < limits.MaxTokens, $"it goes on after {limits.MaxTokens} tokens, which is all that is allowed.");
            var step = new Step(sequences, limits);
            var choices = decoding.Choose(step);
            foreach (var choice in choices)
            {
                Require(choice.Continues >= 0 && choice.Continues < sequences.Count,
                    $"it continues sequence {choice.Continues}; there are {sequences.Count}.");
                Require(choice.Token >= 0 && choice.Token < vocabulary.Count && !limits.Forbidden.Contains(choice.Token),
                    $"it chooses token {choice.Token}, which is not allowed.");
                Require(step.Ends(choice.Continues, choice.Token) is null,
                    $"it goes on with token {choice.Token}, by which a sequence ends.");
            }
            sequences = [.. choices.Select(c => (sequences[c.Continues].Row, (int[])[.. sequences[c.Continues].Tokens, c.Token]))];
        }
        return decoding.Finish();
    }

    /// <summary>What the made-up model says of a whole answer to a prompt that bears its row's number.</summary>
    public static double LogProbability(DecodedSequence answer)
    {
        var sum = 0.0;
        for (var t = 0; t < answer.Tokens.Count; t++)
            sum += LogProbabilities(answer.Row, [.. answer.Tokens.Take(t)], [])[answer.Tokens[t]];
        return sum;
    }

    private static float[] LogProbabilities(int row, int[] tokens, IReadOnlyCollection<int> forbidden)
    {
        var random = new SeededRandom([(ulong)row, .. tokens.Select(t => (ulong)t + 1)]);
        var weights = Enumerable.Range(0, vocabulary.Count).Select(_ => 0.1 + random.NextDouble()).ToArray();
        return [.. weights.Select((w, id) => forbidden.Contains(id) ? float.NegativeInfinity : (float)Math.Log(w / weights.Sum()))];
    }

    private sealed class Step(IReadOnlyList<(int Row, int[] Tokens)> sequences, DecodeLimits limits) : DecodeStep
    {
        public override int Count => sequences.Count;

        public override ReadOnlySpan<float> LogProbabilities(int sequence) =>
            SmallWriting.LogProbabilities(sequences[sequence].Row, sequences[sequence].Tokens, limits.Forbidden);

        public override DecodeEnd? Ends(int sequence, int token) =>
            limits.Stop.Contains(token) ? DecodeEnd.Stop
                : sequences[sequence].Tokens.Length + 1 >= limits.MaxTokens ? DecodeEnd.Limit : null;
    }
}
