namespace PluginHost.Plugins.SpanCorruption;

/// <summary>
/// Scored target positions of one batch. Accuracy is over bases alone; the loss is also given apart for bases and for sentinels and end
/// tokens.
/// </summary>
internal sealed class Tally(Vocabulary vocabulary)
{
    public const string OnBases = "loss-on-bases";
    public const string OnSentinels = "loss-on-sentinels";

    private readonly List<int> labels = [];
    private readonly List<int> predicted = [];
    private double bases;
    private double others;
    private long otherCount;

    /// <summary>Adds a position.</summary>
    public void Add(int label, int prediction, double loss)
    {
        if (vocabulary.IsSpecial(label))
        {
            others += loss;
            otherCount++;
            return;
        }
        labels.Add(label);
        predicted.Add(prediction);
        bases += loss;
    }

    /// <summary>The batch as metrics take it.</summary>
    public Scored ToScored() => new()
    {
        Labels = [.. labels],
        Predicted = [.. predicted],
        Losses =
        [
            new(SpanCorruptionObjective.Term, bases + others, labels.Count + otherCount, 1),
            new(OnBases, bases, labels.Count, 0),
            new(OnSentinels, others, otherCount, 0),
        ],
    };
}
