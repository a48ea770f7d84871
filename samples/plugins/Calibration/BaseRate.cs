using PluginHost;

namespace Calibration;

/// <summary>For every item the shares of the classes among the training labels; nothing for objectives without classes.</summary>
internal sealed class BaseRate : IBaseline
{
    // Of very large data, what is read to know shares of classes.
    private const int MostBatches = 1000;

    public string Name => "base rate";

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var counts = new SortedDictionary<long, long>();
        foreach (var batch in context.TrainBatches(MostBatches))
            foreach (var label in Labels(batch))
                if (label != Keys.Ignore) counts[label] = counts.GetValueOrDefault(label) + 1;
        if (counts.Count == 0) yield break;
        var total = (float)counts.Values.Sum();
        foreach (var batch in context.EvaluateBatches())
        {
            int[] labels = [.. Labels(batch).Select(label => (int)label)];
            var classes = Math.Max((int)counts.Keys.Max(), labels.DefaultIfEmpty(0).Max()) + 1;
            var probabilities = new float[labels.Length, classes];
            for (var n = 0; n < labels.Length; n++)
                foreach (var (label, count) in counts) probabilities[n, label] = count / total;
            yield return ScoredItems.Classes([.. batch.Samples.Select(s => s.Id)], labels, probabilities, "base rate");
        }
    }

    private static long[] Labels(Batch batch) => batch.TryGet(Keys.Class, out var classes) ? [.. classes.data<long>()] : [];
}
