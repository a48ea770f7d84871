using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Plugins.Variants.Saturation.Likelihood;
using PluginHost.Plugins.Variants.Scoring;

namespace PluginHost.Plugins.Variants.Saturation;

/// <summary>Chooses what tells mutants apart.</summary>
internal static class MutationScorers
{
    private const int BatchTokens = 4096;

    /// <summary>The scorer that options ask for: outputs where the model has them and nothing else is named, else likelihoods.</summary>
    /// <returns>The scorer, and the output that maps show; null for that of each sequence's own.</returns>
    /// <exception cref="UsageException">The model has not what is asked for.</exception>
    public static (IMutationScorer Scorer, int? Shown) Of(TrainedModel model, SaturateOptions options)
    {
        var lacks = LikelihoodScorer.Lacks(model, model.Backbone.Shape.Causal ? ScoreKind.Causal : ScoreKind.Masked);
        var outputs = new ModelOutputs(model);
        if (options.Score == SaturationScore.Outputs
            || (options.Score is null && (options.Class is not null || lacks is not null || HasSome(outputs))))
            return (new MutationScorer(model, outputs, options.BothStrands, options.BatchTokens), Shown(outputs, options));
        if (lacks is not null) throw new UsageException($"--score likelihood: {model.Name} {lacks}.");
        if (options.Class is not null) throw new UsageException("--class names an output, and a likelihood has none; leave it out.");
        var tokens = options.BatchTokens ?? BatchTokens;
        return (model.Backbone.Shape.Causal ? new CausalMutations(model, options.BothStrands, tokens)
            : new MaskedMutations(model, options.BothStrands, tokens), null);
    }

    private static int? Shown(ModelOutputs outputs, SaturateOptions options)
    {
        outputs.Check();
        return options.Class is { } name ? outputs.Index(name, "--class") : null;
    }

    private static bool HasSome(ModelOutputs outputs)
    {
        try
        {
            outputs.Check();
            return true;
        }
        catch (UsageException)
        {
            return false;
        }
    }
}
