using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// What can be had without a model of sequence, from token frequencies and the <see cref="Facts"/> it may look at. Without context it is
/// the exact posterior under the training frequencies, so that no use of the same facts does better.
/// </summary>
/// <param name="name">Its name in tables.</param>
/// <param name="options">Shares of kept and replaced tokens.</param>
/// <param name="replacements">How many ids a random token is drawn from.</param>
/// <param name="askable">Ids that can be asked for.</param>
/// <param name="facts">What it may look at.</param>
internal sealed class TokenBaseline(string name, MaskedLmOptions options, int replacements, int[] askable, Facts facts) : IBaseline
{
    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var fitted = new FittedTokens(context, askable, facts);
        foreach (var batch in context.EvaluateBatches())
            yield return Score(new HiddenBatch(batch, context.Tokenizer.Vocabulary), fitted).ToScored();
    }

    private Tally Score(HiddenBatch hidden, FittedTokens fitted)
    {
        var tally = new Tally();
        for (var m = 0; m < hidden.Labels.Length; m++)
        {
            if (hidden.Labels[m] == Keys.Ignore) continue;
            var label = (int)hidden.Labels[m];
            var belief = fitted.About(hidden, m);
            var (loss, best) = facts.HasFlag(Facts.Input) && !hidden.AtMask[m]
                ? Visible(belief, label, (int)hidden.Input[hidden.Positions[m]])
                : (-Math.Log(belief.Of(label)), belief.Best);
            tally.Add(label, best, loss, hidden.AtMask[m]);
        }
        return tally;
    }

    /// <summary>A token stands at the position: it was kept, or drawn in place of another.</summary>
    private (double Loss, int Best) Visible(Belief belief, int label, int seen)
    {
        var keep = 1 - options.MaskShare - options.RandomShare;
        var replace = options.RandomShare / replacements;
        var prior = belief.Of(seen);
        var seenWeight = prior * (keep + replace);
        var total = replace + prior * keep;
        var weight = label == seen ? seenWeight : belief.Of(label) * replace;
        return (-Math.Log(weight / total), seenWeight > belief.Of(belief.Best) * replace ? seen : belief.Best);
    }
}
