using PluginHost.Libs.Attribution.Mutations;

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
        var passes = Passes(sample, mutations);
        var sums = new double[2 * mutations.Count];
        Array.Fill(sums, double.NaN);
        var told = 0;
        for (var first = 0; first < passes.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var (count, longest) = (0, 0);
            for (; first + count < passes.Count; count++)
            {
                longest = Math.Max(longest, passes[first + count].Encoding.Ids.Length);
                if (count > 0 && (long)(count + 1) * longest > batchTokens) break;
            }
            MaskedPass.Run(model, passes.GetRange(first, count), sums);
            first += count;
            var now = (int)((long)mutations.Count * first / passes.Count);
            done(now - told);
            told = now;
        }
        return ([.. mutations.Select((_, m) => sums[2 * m])], [.. mutations.Select((_, m) => sums[2 * m + 1])]);
    }

    private List<MaskedPass> Passes(Sample sample, IReadOnlyList<Mutation> mutations)
    {
        var passes = new List<MaskedPass>();
        var wild = MutantTokens.Of(model, sample);
        foreach (var position in Enumerable.Range(0, mutations.Count).GroupBy(m => mutations[m].Position))
        {
            var own = passes.Count;
            foreach (var m in position)
            {
                var mutant = MutantTokens.Of(model, sample with { Sequence = mutations[m].Apply(sample.Sequence), Place = null });
                Ask(mutant, position.Key, 2 * m);
                Ask(wild, position.Key, 2 * m + 1);
            }

            void Ask(EncodedSequence encoding, int at, int sum)
            {
                int[] over = [.. Enumerable.Range(0, encoding.Ids.Length)
                    .Where(t => encoding.Spans[t].Start <= at && at < encoding.Spans[t].End)];
                if (over.Length == 0) return;
                var pass = MaskedPass.Hide(encoding, over, model.Tokenizer.Vocabulary.Mask!.Value);
                var same = passes.FindIndex(own, p => p.SeesTheSame(pass));
                if (same < 0) passes.Add(pass);
                else pass = passes[same];
                pass.Asked.Add(([.. over.Select(t => encoding.Ids[t])], sum));
            }
        }
        return passes;
    }
}
