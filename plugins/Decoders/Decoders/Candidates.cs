namespace PluginHost.Plugins.Decoders;

/// <summary>A sequence and a token that may follow it.</summary>
/// <param name="Beam">Of the prompt's sequences.</param>
/// <param name="Token">Allowed.</param>
/// <param name="LogProbability">Of the sequence with it.</param>
internal readonly record struct Candidate(int Beam, int Token, double LogProbability) : IComparable<Candidate>
{
    /// <summary>The likeliest first; of equals those of earlier sequences, and of smaller ids.</summary>
    public int CompareTo(Candidate other) => other.LogProbability.CompareTo(LogProbability) is not 0 and var byProbability ? byProbability
        : Beam.CompareTo(other.Beam) is not 0 and var byBeam ? byBeam : Token.CompareTo(other.Token);
}

/// <summary>All that may follow a prompt's sequences, the likeliest first.</summary>
internal static class Candidates
{
    /// <summary>In order; only as many are put in order as are asked for, seldom more than a few.</summary>
    /// <param name="step">Of all prompts.</param>
    /// <param name="first">Where the prompt's sequences begin in it.</param>
    /// <param name="sums">Log-probability of each of them.</param>
    /// <param name="few">How many are put in order first.</param>
    public static IEnumerable<Candidate> InOrder(DecodeStep step, int first, double[] sums, int few)
    {
        var likeliest = Likeliest(step, first, sums, few);
        foreach (var candidate in likeliest) yield return candidate;
        if (likeliest.Count < few) yield break;
        foreach (var candidate in Likeliest(step, first, sums, int.MaxValue).Skip(few)) yield return candidate;
    }

    private static List<Candidate> Likeliest(DecodeStep step, int first, double[] sums, int most)
    {
        var kept = new PriorityQueue<Candidate, Candidate>(Comparer<Candidate>.Create((a, b) => b.CompareTo(a)));
        for (var beam = 0; beam < sums.Length; beam++)
        {
            var said = step.LogProbabilities(first + beam);
            for (var id = 0; id < said.Length; id++)
            {
                if (float.IsNegativeInfinity(said[id])) continue;
                var candidate = new Candidate(beam, id, sums[beam] + said[id]);
                if (kept.Count < most) kept.Enqueue(candidate, candidate);
                else if (candidate.CompareTo(kept.Peek()) < 0) kept.EnqueueDequeue(candidate, candidate);
            }
        }
        List<Candidate> ordered = [.. kept.UnorderedItems.Select(k => k.Element)];
        ordered.Sort();
        return ordered;
    }
}
