using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Plugins.Variants.Saturation.Likelihood;

namespace PluginHost.Plugins.Tests.Tools.Parity;

/// <summary>
/// Likelihoods of every mutation of a sequence, which share passes and beginnings, against a pass for each in
/// Golden/tools/tools_reference.py. In nats.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class SaturationParityTests
{
    [Theory]
    [MemberData(nameof(ParityCase.Masked), MemberType = typeof(ParityCase))]
    public void Substitutions_have_the_references_masked_likelihood(string name)
    {
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        Compare(of, false, bothStrands => new MaskedMutations(model, bothStrands, 64));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8192)]
    public void Mutations_have_the_references_likelihood_of_the_whole_sequence(int batchTokens)
    {
        var of = new ParityCase("dnagpt");
        using var model = of.Pretrained();
        Compare(of, true, bothStrands => new CausalMutations(model, bothStrands, batchTokens));
    }

    private static void Compare(ParityCase of, bool deletions, Func<bool, IMutationScorer> scorer)
    {
        var recorded = of.Golden.GetProperty("saturation");
        var sequence = recorded.GetProperty("sequence").GetString()!;
        foreach (var (bothStrands, entry) in new[] { (false, "one"), (true, "both") })
        {
            var effects = scorer(bothStrands).Of(new("s", sequence), Mutation.Of(sequence, deletions), _ => { },
                TestContext.Current.CancellationToken);
            var mutants = Recorded.Numbers(recorded.GetProperty(entry).GetProperty("mutant"));
            var differences = Recorded.Numbers(recorded.GetProperty(entry).GetProperty("difference"));
            Assert.Equal(mutants.Length, effects.Mutations.Count);
            foreach (var (m, mutation) in effects.Mutations.Index())
            {
                Recorded.LikelihoodAgrees($"{entry}, {mutation}", mutants[m], effects.Mutant[m][0]);
                // A difference is of numbers as large as the likelihood.
                Recorded.Near($"{entry}, {mutation}, difference", differences[m], effects.Difference[m][0],
                    Math.Max(1, Math.Abs(mutants[m])));
            }
        }
    }
}
