using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Libs.Attribution.Effects;

/// <summary>Finds how a model can be asked what mutations do.</summary>
public static class MutationScorer
{
    /// <summary>By its outputs.</summary>
    /// <param name="model">One that says something of a sequence.</param>
    /// <param name="bothStrands">Whether the mean over both strands is taken.</param>
    /// <param name="batchTokens">Tokens computed at once; null for as trained.</param>
    /// <exception cref="UsageException">It predicts tokens alone.</exception>
    public static IMutationScorer Of(TrainedModel model, bool bothStrands, int? batchTokens)
    {
        var outputs = new ModelOutputs(model);
        outputs.Check();
        return new OutputScorer(model, outputs, bothStrands, batchTokens);
    }
}
