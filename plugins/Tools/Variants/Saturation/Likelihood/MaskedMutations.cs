using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Variants.Saturation.Likelihood;

/// <summary>
/// Masked marginals: how likely a masked language model finds each base where it sees none. One pass of a position serves its three
/// substitutions wherever masking leaves the same tokens.
/// </summary>
/// <param name="model">A masked language model.</param>
/// <param name="bothStrands">Whether the mean over both strands is taken.</param>
/// <param name="batchTokens">Tokens of a batch.</param>
internal sealed class MaskedMutations(TrainedModel model, bool bothStrands, int batchTokens) : IMutationScorer
{
    // Passes between two words of progress: some batches full.
    private const int Together = 512;

    private readonly TokenLikelihood likelihood = new(model, batchTokens);

    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs { get; } = ["masked_llr"];

    /// <inheritdoc/>
    public string Meaning => "difference = ln p(alt) - ln p(ref), each the sum over the tokens that cover the base, all of them masked at "
        + "once; wild_type = ln p(ref), mutant = ln p(alt). In nats; above 0 where the model prefers the alternative. Deletions have no "
        + $"such ratio.{(bothStrands ? " Means over both strands." : "")}";

    /// <inheritdoc/>
    public MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation)
    {
        var substitutions = mutations.Where(m => !m.IsDeletion).ToList();
        var (alternative, reference) = Strand(sample, substitutions, done, cancellation);
        if (bothStrands)
        {
            var turned = MutantTokens.Turned(sample, substitutions);
            var other = Strand(turned.Sample, turned.Mutations, done, cancellation);
            for (var m = 0; m < substitutions.Count; m++)
                (alternative[m], reference[m]) = ((alternative[m] + other.Alternative[m]) / 2, (reference[m] + other.Reference[m]) / 2);
        }
        return new(sample, Outputs, [float.NaN], substitutions, [.. alternative.Select(a => new[] { (float)a })],
            [.. alternative.Select((a, m) => new[] { (float)(a - reference[m]) })], null);
    }

    /// <summary>ln p of the alternative and of the reference of each substitution; NaN where no token covers the base.</summary>
    private (double[] Alternative, double[] Reference) Strand(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done,
        CancellationToken cancellation)
    {
        var (passes, asked) = Passes(sample, mutations);
        var sums = new double[2 * mutations.Count];
        Array.Fill(sums, double.NaN);
        var (first, told) = (0, 0);
        foreach (var some in passes.Chunk(Together))
        {
            foreach (var (p, of) in likelihood.MaskedCandidates(some, cancellation).Index())
                foreach (var (sum, candidate) in asked[first + p]) sums[sum] = of[candidate];
            first += some.Length;
            var now = (int)((long)mutations.Count * first / passes.Count);
            done(now - told);
            told = now;
        }
        return ([.. mutations.Select((_, m) => sums[2 * m])], [.. mutations.Select((_, m) => sums[2 * m + 1])]);
    }

    /// <summary>The passes, and of each which sums its candidates are.</summary>
    private (List<HiddenTokens> Passes, List<List<(int Sum, int Candidate)>> Asked) Passes(Sample sample, IReadOnlyList<Mutation> mutations)
    {
        var (passes, asked) = (new List<HiddenTokens>(), new List<List<(int, int)>>());
        var wild = MutantTokens.Of(model, sample);
        foreach (var position in Enumerable.Range(0, mutations.Count).GroupBy(m => mutations[m].Position))
        {
            var own = passes.Count;
            foreach (var m in position)
            {
                Ask(MutantTokens.Of(model, sample with { Sequence = mutations[m].Apply(sample.Sequence), Place = null }), position.Key,
                    2 * m);
                Ask(wild, position.Key, 2 * m + 1);
            }

            void Ask(EncodedSequence encoding, int at, int sum)
            {
                int[] over = [.. Enumerable.Range(0, encoding.Ids.Length)
                    .Where(t => encoding.Spans[t].Start <= at && at < encoding.Spans[t].End)];
                if (over.Length == 0) return;
                int[] ids = [.. over.Select(t => encoding.Ids[t])];
                var same = passes.FindIndex(own, p => p.LooksLike(encoding, over));
                if (same < 0)
                {
                    same = passes.Count;
                    passes.Add(new(encoding, over, over));
                    asked.Add([]);
                }
                var candidate = passes[same].Candidates.FindIndex(c => c.AsSpan().SequenceEqual(ids));
                if (candidate < 0)
                {
                    candidate = passes[same].Candidates.Count;
                    passes[same].Candidates.Add(ids);
                }
                asked[same].Add((sum, candidate));
            }
        }
        return (passes, asked);
    }
}
