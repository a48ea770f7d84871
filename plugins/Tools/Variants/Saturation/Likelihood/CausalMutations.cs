using PluginHost.Libs.Attribution.Mutations;

namespace PluginHost.Plugins.Variants.Saturation.Likelihood;

/// <summary>Likelihood ratios of whole sequences by a model in which no token sees a later one.</summary>
/// <param name="model">A causal language model.</param>
/// <param name="bothStrands">Whether the mean over both strands is taken.</param>
/// <param name="batchTokens">Tokens computed at once.</param>
internal sealed class CausalMutations(TrainedModel model, bool bothStrands, int batchTokens) : IMutationScorer
{
    private readonly SharedBeginnings likelihood = new(model, batchTokens);

    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs { get; } = ["causal_llr"];

    /// <inheritdoc/>
    public string Meaning =>
        "difference = ln p(mutant) - ln p(wild type), ln p the sum over all tokens of the sequence but the first, each "
        + "given those before it; a deletion's wild type is the sequence without its last base. In nats; above 0 where the model prefers "
        + $"the mutant.{(bothStrands ? " Means over both strands." : "")}";

    /// <inheritdoc/>
    public MutationEffects Of(Sample sample, IReadOnlyList<Mutation> mutations, Action<int> done, CancellationToken cancellation)
    {
        var source = new MutantSource(sample, mutations);
        var forward = Enumerable.Range(0, (int)source.Count).Select(i => source.Get(i, new SeededRandom(0))).ToList();
        var sums = likelihood.Of(forward, done, cancellation);
        if (bothStrands)
        {
            var reverse = likelihood.Of(
                [.. forward.Select(s => s with { Sequence = Iupac.ReverseComplement(s.Sequence), Place = null })], done, cancellation);
            for (var i = 0; i < sums.Length; i++) sums[i] = (sums[i] + reverse[i]) / 2;
        }
        return new(sample, Outputs, [(float)sums[0]], mutations, [.. mutations.Select((_, m) => new[] { (float)sums[source.Of(m)] })],
            [.. mutations.Select((mutation, m) => new[] { (float)(sums[source.Of(m)] - sums[source.WildTypeOf(mutation)]) })], null);
    }
}
