namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Scored positions of one batch, with the loss over all of them and over [MASK] positions.</summary>
internal sealed class Tally
{
    private readonly List<int> labels = [];
    private readonly List<int> predicted = [];
    private double sum;
    private double sumAtMask;
    private long countAtMask;

    /// <summary>Adds a position.</summary>
    public void Add(int label, int prediction, double loss, bool atMask)
    {
        labels.Add(label);
        predicted.Add(prediction);
        sum += loss;
        if (!atMask) return;
        sumAtMask += loss;
        countAtMask++;
    }

    /// <summary>The batch as metrics take it.</summary>
    /// <param name="maskable">Tokens that could have been hidden.</param>
    public Scored ToScored(long maskable) => new()
    {
        Labels = [.. labels],
        Predicted = [.. predicted],
        Losses =
        [
            new(WholeGGramMaskingObjective.Term, sum, labels.Count, 1),
            new(WholeGGramMaskingObjective.AtMaskTerm, sumAtMask, countAtMask, 0),
            new(WholeGGramMaskingObjective.HiddenShare, labels.Count, maskable, 0),
        ],
    };
}
