namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>Reads the answers of the order task back from a batch.</summary>
internal static class OrderAnswers
{
    /// <summary>Rows that are asked, and whether they are flipped.</summary>
    public static IEnumerable<(int Row, bool Flipped)> Of(Batch batch, Vocabulary vocabulary, MultiTaskDnaOptions options)
    {
        if (options.Order <= 0) yield break;
        var yes = new Answers(vocabulary, options).Flipped;
        var length = batch.Axis("T");
        var isOrder_M = batch[Columns.IsOrder].cpu().data<bool>().ToArray();
        var positions_M = batch[Keys.Positions].cpu().data<long>().ToArray();
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        for (var m = 0; m < labels_M.Length; m++)
            if (isOrder_M[m]) yield return ((int)(positions_M[m] / length), labels_M[m] == yes);
    }
}
