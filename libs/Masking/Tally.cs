namespace PluginHost.Libs.Masking;

/// <summary>Scored positions of one batch, with the loss over all of them and over [MASK] positions.</summary>
public sealed class Tally
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
    public Scored ToScored() => new()
    {
        Labels = [.. labels],
        Predicted = [.. predicted],
        Losses =
        [
            new(Scoring.Term, sum, labels.Count, 1),
            new(Scoring.AtMaskTerm, sumAtMask, countAtMask, 0),
        ],
    };
}
