using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Libs.Attribution.Effects;

/// <summary>Finds how a model can be asked what mutations do.</summary>
public static class MutationScorer
{
    /// <summary>By its outputs where it says something of a sequence, by likelihoods of its tokens where it predicts those.</summary>
    /// <param name="model">Any.</param>
    /// <param name="bothStrands">Whether the mean over both strands is taken; only outputs have one.</param>
    /// <param name="batchTokens">Tokens computed at once; null for as trained.</param>
    /// <exception cref="UsageException">It can be asked neither way.</exception>
    public static IMutationScorer Of(TrainedModel model, bool bothStrands, int? batchTokens)
    {
        IMutationScorer? likelihood = CausalScorer.Serves(model) && !SaysSomething(model) ? new CausalScorer(model, batchTokens)
            : MaskedScorer.Serves(model) ? new MaskedScorer(model, batchTokens) : null;
        if (likelihood is null)
        {
            var outputs = new ModelOutputs(model);
            try { outputs.Check(); }
            catch (UsageException nothing)
            {
                throw new UsageException($"{nothing.Message} Likelihoods of mutants need a causal decoder, or a masked model whose tokens' other "
                    + "columns tell nothing of what is hidden.", nothing);
            }
            return new OutputScorer(model, outputs, bothStrands, batchTokens);
        }
        return !bothStrands ? likelihood
            : throw new UsageException("--both-strands takes the mean of a model's outputs; likelihoods are those of the strand that is given.");
    }

    private static bool SaysSomething(TrainedModel model) => model.Objective.Card.OutputNames.Count > 0;
}
