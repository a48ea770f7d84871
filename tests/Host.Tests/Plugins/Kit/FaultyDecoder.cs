namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>The likeliest token, with one fault.</summary>
internal sealed class FaultyDecoder(Fault fault) : IDecoder
{
    private static int begun;

    public IDecoding Begin(DecodeContext context) => new Greedy(fault, context, begun++);

    private sealed class Greedy(Fault fault, DecodeContext context, int number) : IDecoding
    {
        private readonly List<DecodedSequence> ended = [];
        private List<(int Row, int[] Tokens, double Sum)> open =
            [.. Enumerable.Range(0, context.Rows).Select(row => (row, Array.Empty<int>(), 0.0))];

        public IReadOnlyList<DecodeChoice> Choose(DecodeStep step)
        {
            var (choices, next) = (new List<DecodeChoice>(), new List<(int, int[], double)>());
            for (var i = 0; i < step.Count; i++)
            {
                var scores = step.LogProbabilities(i).ToArray();
                var token = Pick(scores);
                var (row, tokens, sum) = (open[i].Row, (int[])[.. open[i].Tokens, token], open[i].Sum + scores[token]);
                if (step.Ends(i, token) is { } end && fault != Fault.TooMany) ended.Add(new(row, tokens, sum, end));
                else
                {
                    choices.Add(new(i, fault == Fault.LargeId ? 3 : token));
                    next.Add((row, tokens, sum));
                }
            }
            open = next;
            return choices;
        }

        public IReadOnlyList<DecodedSequence> Finish() => fault switch
        {
            Fault.SavesNothing => [],
            Fault.Miscounts => [.. ended.Select(e => e with { LogProbability = 0 })],
            _ => ended,
        };

        // The most likely of the tokens there are, or another: by the batch, by the time.
        private int Pick(float[] scores)
        {
            var best = Enumerable.Range(0, scores.Length).OrderByDescending(id => scores[id]).ToArray();
            return fault switch
            {
                Fault.Random => best[number % 2],
                Fault.SeesNeighbours => best[context.Rows > 2 ? 0 : 1],
                _ => best[0],
            };
        }
    }
}
