namespace PluginHost.Plugins.Decoders;

/// <summary>The sequences of one prompt: those that go on, and the best of those that ended.</summary>
internal sealed class BeamRow(int row, int maxTokens, BeamOptions options)
{
    private readonly List<DecodedSequence> ended = [];
    private List<Beam> beams = [new(null, 0, 0, 0)];

    /// <summary>Extends every sequence by every allowed token, and keeps the best.</summary>
    /// <param name="step">Of all prompts.</param>
    /// <param name="first">Where this prompt's sequences begin in it.</param>
    /// <returns>The sequences that go on.</returns>
    public IReadOnlyList<DecodeChoice> Extend(DecodeStep step, int first)
    {
        List<Beam> next = [];
        List<DecodeChoice> choices = [];
        var isStuck = true;
        foreach (var candidate in Candidates.InOrder(step, first, [.. beams.Select(b => b.LogProbability)], 4 * options.Width + 16))
        {
            isStuck = false;
            if (next.Count == options.Width) break;
            var parent = beams[candidate.Beam];
            var beam = new Beam(parent, candidate.Token, parent.Length + 1, candidate.LogProbability);
            if (step.Ends(first + candidate.Beam, candidate.Token) is { } end)
            {
                End(beam, end);
                continue;
            }
            next.Add(beam);
            choices.Add(new(first + candidate.Beam, candidate.Token));
        }
        if (isStuck) foreach (var beam in beams.Where(b => b.Length > 0)) End(beam, DecodeEnd.Stuck);
        beams = next;
        if (!IsDecided()) return choices;
        beams = [];
        return [];
    }

    /// <summary>The best sequences, in order.</summary>
    public IEnumerable<DecodedSequence> Best() =>
        ended.Count > 0 ? ended.Take(options.Best) : [new(row, [], 0, DecodeEnd.Stuck)];

    /// <summary>Whether no sequence that goes on can still come among the best.</summary>
    private bool IsDecided()
    {
        if (ended.Count < options.Best) return false;
        var last = ended[options.Best - 1].Score;
        // Log-probabilities only fall; the length that favours a sequence most is the longest or the next one.
        return beams.All(b => Math.Max(Score(b.LogProbability, b.Length + 1), Score(b.LogProbability, maxTokens)) <= last);
    }

    private void End(Beam beam, DecodeEnd end)
    {
        var score = Score(beam.LogProbability, beam.Length);
        var place = ended.FindIndex(e => e.Score < score);
        ended.Insert(place < 0 ? ended.Count : place, new(row, beam.Tokens(), beam.LogProbability, end) { Score = score });
        if (ended.Count > options.Width) ended.RemoveAt(ended.Count - 1);
    }

    private double Score(double logProbability, int length) => logProbability / Math.Pow(length, options.LengthPenalty);

    /// <summary>A sequence, as the one before and a token.</summary>
    private sealed record Beam(Beam? Before, int Token, int Length, double LogProbability)
    {
        public int[] Tokens()
        {
            var tokens = new int[Length];
            var beam = this;
            for (var i = Length - 1; i >= 0; i--, beam = beam.Before!) tokens[i] = beam.Token;
            return tokens;
        }
    }
}
