using PluginHost;
using PluginHost.Checkpoints;
using PluginHost.Plugins.NumericGpt;

[assembly: Plugin(typeof(NumericGptPlugin))]

namespace PluginHost.Plugins.NumericGpt;

/// <summary>DNAGPT's decoder and its heads.</summary>
public sealed class NumericGptPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<Backbone,
            NumericGptOptions>("numeric-gpt", (options, context) => new NumericGpt(options, context.Tokenizer.Vocabulary.Count),
            "GPT-2 style causal decoder whose inputs are tokens and numbers (Zhang et al. 2023, DNAGPT): 0.1 B by default, published "
                + "parameter names.");
        catalog.Add<Head, HeadOptions>("token-head", (options, context) => new TokenHead(options, context),
            "Scores every token at each asked position (DNAGPT's classification head).");
        catalog.Add<Head, HeadOptions>("number-head", (options, context) => new NumberHead(options, context),
            "A value at each asked position (DNAGPT's regression head).");
        catalog.Add<Head, AnswerTokenHeadOptions>("answer-token-head", (options, context) => new AnswerTokenHead(options, context),
            "Classifies a sequence by the scores of a few tokens at its last position, as DNAGPT recognises signals.");
        catalog.Add<Head, AnswerLabelsHeadOptions>("answer-labels-head", (options, context) => new AnswerLabelsHead(options, context),
            "Answers several labels yes or no, each at an instruction B of its own at a sequence's end, as DNAGPT's multi-label "
                + "template has it.");
        catalog.Add<Head, AnswerNumberHeadOptions>("answer-number-head", (options, context) => new AnswerNumberHead(options, context),
            "Values of a sequence from its last position, as DNAGPT predicts mRNA abundance.");
        catalog.Add<ICheckpointLayout, NoOptions>("dnagpt", (_, _) => new DnagptLayout(),
            "DNAGPT's weights (Zhang et al. 2023): a .pth file alone.");
    }
}
