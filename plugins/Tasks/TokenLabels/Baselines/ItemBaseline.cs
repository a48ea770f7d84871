using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.TokenLabels;

/// <summary>
/// A model of bases as a baseline, scored on exactly the items the model is scored on; a token has the mean over its bases.
/// </summary>
internal sealed class ItemBaseline(string name, Func<IItemModel> make, BaseLabels labels) : IBaseline
{
    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var model = make();
        foreach (var sample in context.Train) model.Add(sample, labels.Read(sample));
        foreach (var batch in context.EvaluateBatches())
        {
            var rows = ItemScores.Places(batch).Select(i => Mean(model, batch.Samples[i.Row], i.Span)).ToList();
            yield return ItemScores.Of(batch, Table.Of(rows, rows[0].Length));
        }
    }

    private static float[] Mean(IItemModel model, Sample sample, BaseSpan span)
    {
        var sums = model.Predict(sample, span.Start);
        for (var place = span.Start + 1; place < span.End; place++)
        {
            var more = model.Predict(sample, place);
            for (var c = 0; c < sums.Length; c++) sums[c] += more[c];
        }
        return [.. sums.Select(s => (float)(s / Math.Max(1, span.Length)))];
    }
}
