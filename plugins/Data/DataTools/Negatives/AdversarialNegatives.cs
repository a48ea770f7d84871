using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>
/// One round of adversarial negatives: rows of a pool that are negative but that a model took for positive are added to the training table.
/// </summary>
/// <remarks>
/// Train, predict the pool, run this, train again, and so on, until few are added (Wang et al. 2019, SpliceFinder; Ji et al. 2021, section
/// 3.4).
/// </remarks>
internal static class AdversarialNegatives
{
    /// <summary>Writes the training table with what is added, and the rest of the pool.</summary>
    public static void Write(NegativeOptions options, ToolRun run, CancellationToken cancellation)
    {
        var train = SequenceData.Open(options.Data, options, run);
        var pool = SequenceData.Open([options.Pool!], options, run);
        if (!train.IsTable || !pool.IsTable)
            throw new DataException("The training data and the pool must be tables with the same columns.");
        if (!train.Header.AsSpan().SequenceEqual(pool.Header))
            throw new DataException($"{DataFile.Show(pool.Paths[0])} has another header than {DataFile.Show(train.Paths[0])}; rows move "
                + "from one to the other, so the columns must be the same.");
        RefuseOther(options.File, train);
        if (options.PoolFile is { } left) RefuseOther(left, pool);
        var predictions = PredictedRows.Read(options.Predictions!, options.Negative);

        var known = new LeakageFinder(near: null);
        var rows = 0L;
        foreach (var row in train.Rows("training rows read", cancellation))
        {
            known.Add(row.Sequence);
            rows++;
        }
        var (mistakes, negatives, alreadyThere) = Mistakes(pool, predictions, known, options, cancellation);
        var chosen = mistakes.OrderBy(m => m.Negative).ThenBy(m => m.Row).Take(options.Limit ?? int.MaxValue).Select(m => m.Row)
            .ToHashSet();

        RowWriter.WritePacked(options.File, stream =>
        {
            Header(stream, train);
            foreach (var row in train.Rows("training rows written", cancellation)) row.CopyTo(stream);
            foreach (var row in pool.Rows(null, cancellation)) if (chosen.Contains(row.Number)) row.CopyTo(stream);
        });
        if (options.PoolFile is { } rest)
            RowWriter.WritePacked(rest, stream =>
            {
                Header(stream, pool);
                foreach (var row in pool.Rows("pool rows written", cancellation)) if (!chosen.Contains(row.Number)) row.CopyTo(stream);
            });
        run.Result($"{Wording.Counted(mistakes.Count, "false positive")} among {negatives:N0} negatives of the pool "
            + $"({Wording.Share(mistakes.Count, negatives)}); {chosen.Count:N0} added to {rows:N0} rows: {options.Output}");
        if (alreadyThere > 0) run.Result($"{Wording.Counted(alreadyThere, "false positive")} more {(alreadyThere == 1 ? "is" : "are")} in "
            + "the training table already, or twice in the pool.");
        if (mistakes.Count == 0) run.Result("The model makes no new mistake on this pool: the rounds are done.");
    }

    private static (List<(long Row, double Negative)> Mistakes, long Negatives, long AlreadyThere) Mistakes(
        SequenceData pool, Dictionary<string, Prediction> predictions, LeakageFinder known, NegativeOptions options,
            CancellationToken cancellation)
    {
        var mistakes = new List<(long, double)>();
        var (negatives, alreadyThere, rows) = (0L, 0L, 0L);
        foreach (var row in pool.Rows("pool rows read", cancellation))
        {
            rows++;
            if (!predictions.TryGetValue(row.Id, out var prediction))
                throw new DataException($"{row.Where}: {DataFile.Show(options.Predictions!)} has no prediction for the id '{row.Id}'; "
                    + "predict this very pool, with the same --id.");
            if (prediction.Label is { } label && row.Label is { } own && label != own)
                throw new DataException(
                    $"{row.Where}: the row's label is '{own}' but the predictions say '{label}'; predict this very pool.");
            if (row.Label is { } mine && mine != options.Negative) continue;
            negatives++;
            var wrong = options.Threshold is { } least ? 1 - prediction.Negative >= least : prediction.Class != options.Negative;
            if (!wrong) continue;
            if (known.FindEqual(row.Sequence).Kind != LeakKind.None)
            {
                alreadyThere++;
                continue;
            }
            known.Add(row.Sequence);
            mistakes.Add((row.Number, prediction.Negative));
        }
        if (predictions.Count != rows)
            throw new DataException(
                $"{DataFile.Show(options.Predictions!)} has {predictions.Count:N0} rows but the pool {rows:N0}; predict this very pool.");
        if (negatives == 0)
            throw new DataException($"{DataFile.Show(pool.Paths[0])} has no row labelled '{options.Negative}'; name the label of negatives "
                + "with --negative-label.");
        return (mistakes, negatives, alreadyThere);
    }

    /// <summary>Rows are copied as they stand, so what separates their cells is the training table's.</summary>
    private static void RefuseOther(OutputFile output, SequenceData data)
    {
        if (RowWriter.Kind(output) != data.Extension)
            throw new UsageException(
                $"{output.Path}: rows are copied as they are in {DataFile.Show(data.Paths[0])}, so the name must end in "
                + $"{data.Extension} (and .gz after it, to pack it).");
    }

    private static void Header(Stream stream, SequenceData data)
    {
        stream.Write(data.Header!);
        stream.WriteByte((byte)'\n');
    }
}
