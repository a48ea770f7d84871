using PluginHost.Host.Plugins;

namespace PluginHost.Host.Batches.Contracts;

using static TorchSharp.torch;

/// <summary>Holds an objective to what it declares about the batches it makes.</summary>
internal static class BatchContract
{
    /// <summary>Checks that there is a batch of the samples asked for: on each, it costs nothing.</summary>
    /// <exception cref="PluginException">There is none, or of others.</exception>
    public static Batch Require(Batch? batch, IObjective objective, IReadOnlyList<Sample> samples)
    {
        if (batch is null) throw Origins.Broken(objective, "returned no batch (null).");
        if (batch.Samples.Count != samples.Count)
            throw Origins.Broken(objective,
                $"made a batch that names {batch.Samples.Count} samples of the {samples.Count} it was given; all "
                + "of them belong to it, in their order, those it leaves out as well.");
        if (batch.SampleOfRow.Count > 0 && (batch.SampleOfRow[0] < 0 || batch.SampleOfRow[^1] >= samples.Count
            || Enumerable.Range(1, batch.SampleOfRow.Count - 1).Any(i => batch.SampleOfRow[i] < batch.SampleOfRow[i - 1])))
            throw Origins.Broken(objective, "made a batch whose rows are of samples that it does not name, or not in their order "
                + "(SampleOfRow).");
        return batch;
    }

    /// <summary>Checks the columns of a first batch, on the CPU: that they are there, and that ids and labels are in range.</summary>
    /// <param name="batch">Of <see cref="IObjective.Collate"/>.</param>
    /// <param name="recipe">What made it.</param>
    /// <param name="read">The columns that architecture and heads read.</param>
    /// <exception cref="PluginException">It breaks a rule.</exception>
    public static void Check(Batch batch, BatchRecipe recipe, IEnumerable<BatchKey> read)
    {
        var (tokenizer, objective) = (recipe.Tokenizer, recipe.Objective);
        foreach (var key in read)
            if (!batch.TryGet(key, out _))
                throw Origins.Broken(objective.Writes.Contains(key) || !tokenizer.Writes.Contains(key) ? objective : tokenizer,
                    $"declares the column {key} and did not write it; the batch has: {string.Join(", ", batch.Columns)}.");
        var tokens = tokenizer.Vocabulary.Count;
        var outputs = objective.Card.OutputNames.Count;
        foreach (var key in batch.Columns)
        {
            var column = batch[key];
            if (column.IsInvalid) throw Origins.Broken(objective, $"made a batch whose column '{key.Name}' is disposed of.");
            if (key.Type != ScalarType.Int64 || column.NumberOfElements == 0) continue;
            if (key == Keys.InputIds || key == Keys.DecoderIds)
                InRange(column, key, 0, tokens, objective, $"the vocabulary of {Origins.The(tokenizer)} has {tokens} tokens");
            else if (tokenizer.Writes.Contains(key) && tokenizer.IdCount(key) is { } ids)
                InRange(column, key, 0, ids, tokenizer, $"it says that there are {ids}");
            else if (key == Keys.PositionLabels || key == Keys.Labels || key == Keys.DecoderLabels)
                InRange(column, key, Keys.Ignore, Math.Max(tokens, outputs), objective,
                    $"there are {Math.Max(tokens, outputs)} to choose from");
            else if (key == Keys.Class && outputs > 0)
                InRange(column, key, Keys.Ignore, outputs, objective, $"its outputs are {outputs}");
        }
    }

    private static void InRange(Tensor column, BatchKey key, long least, long count, object by, string why)
    {
        using var scope = NewDisposeScope();
        var (lowest, highest) = (column.min().item<long>(), column.max().item<long>());
        // Ignore is the one label that is no index.
        if (least < 0 && lowest < 0 && column.less(0).logical_and(column.not_equal(Keys.Ignore)).any().item<bool>()) least = 0;
        if (lowest < least || highest >= count)
            throw Origins.Broken(by,
                $"put {(highest >= count ? highest : column.masked_select(column.not_equal(Keys.Ignore)).min().item<long>())} "
                + $"into column '{key.Name}' of a batch; {why}.");
    }
}
