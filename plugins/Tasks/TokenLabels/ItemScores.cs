using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.TokenLabels;

/// <summary>Class probabilities of a batch's items as a scored batch; the model and every baseline go through here.</summary>
internal static class ItemScores
{
    /// <param name="batch">Has the columns of the objective.</param>
    /// <param name="probabilities">Axes: items, classes.</param>
    public static Scored Of(Batch batch, float[,] probabilities)
    {
        var classes = batch[Columns.Classes].cpu().data<long>().ToArray();
        var items = Places(batch);
        var scored = ScoredItems.Classes([.. items.Select(i => batch.Samples[i.Row].Id)], [.. classes.Select(c => (int)c)], probabilities,
            "token-labels");
        return scored with { Rows = [.. items.Select(i => i.Row)], Spans = [.. items.Select(i => i.Span)] };
    }

    /// <summary>Row and bases of each item.</summary>
    public static IReadOnlyList<(int Row, BaseSpan Span)> Places(Batch batch)
    {
        var places = batch[Columns.Places].cpu().data<long>().ToArray();
        return [.. places.Chunk(3).Select(p => ((int)p[0], new BaseSpan((int)p[1], (int)p[2])))];
    }
}
