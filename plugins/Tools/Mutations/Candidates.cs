namespace PluginHost.Plugins.Mutations;

/// <summary>A child that the model expects of a parent.</summary>
/// <param name="Sequence">Its bases.</param>
/// <param name="LogProbability">Of all its ways of being written that were found, in nats.</param>
/// <param name="NoiseProbability">By the second model; NaN without one.</param>
/// <param name="Ended">Whether it came to its end, and not to the limit.</param>
internal sealed record Candidate(string Sequence, double LogProbability, double NoiseProbability, bool Ended);

/// <summary>A parent and its candidates.</summary>
/// <param name="Parent">First sample of this sequence.</param>
/// <param name="Likeliest">By log-probability, the best first.</param>
/// <param name="Ranked">By the noise model where there is one, else the same.</param>
internal sealed record Expectation(Sample Parent, IReadOnlyList<Candidate> Likeliest, IReadOnlyList<Candidate> Ranked)
{
    /// <summary>Orders candidates.</summary>
    public static Expectation Of(Sample parent, IReadOnlyList<Candidate> found)
    {
        IReadOnlyList<Candidate> likeliest = [.. found.OrderByDescending(c => c.LogProbability)];
        return new(parent, likeliest, likeliest.Any(c => double.IsNaN(c.NoiseProbability)) ? likeliest
            : [.. likeliest.OrderBy(c => c.NoiseProbability)]);
    }
}
