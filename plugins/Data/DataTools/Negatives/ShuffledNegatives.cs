using PluginHost.Libs.Files;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>Positives with their letters shuffled.</summary>
internal static class ShuffledNegatives
{
    private const int Tries = 10;

    /// <summary>Writes them.</summary>
    public static void Write(NegativeOptions options, ToolRun run, CancellationToken cancellation)
    {
        var data = SequenceData.Open(options.Data, options, run);
        var shuffle = new KletShuffle(options.K);
        var (positives, negatives, same) = (0L, 0L, 0L);
        RowWriter.Write(options.File, true, ["from"], options.Add, writer =>
        {
            foreach (var row in data.Rows("rows shuffled", cancellation))
            {
                positives++;
                if (row.Label == options.Negative)
                    throw new DataException($"{row.Where}: the row is labelled '{row.Label}' already, as negatives are to be; give "
                        + "positives alone, or name another --negative-label.");
                if (!options.Alone) writer.Add(row.Id, row.Sequence, row.Label ?? "1", "");
                for (var copy = 0; copy < options.Per; copy++)
                {
                    // Each row draws from a stream of its own, so that adding rows changes nothing for the others.
                    var random = new SeededRandom(options.Seed, (ulong)row.Number, (ulong)copy);
                    var shuffled = row.Sequence;
                    for (var attempt = 0; attempt < Tries && shuffled == row.Sequence; attempt++)
                        shuffled = shuffle.Shuffle(row.Sequence, random);
                    if (shuffled == row.Sequence) same++;
                    else
                    {
                        negatives++;
                        writer.Add($"{row.Id}/shuffled{(options.Per > 1 ? $"-{copy + 1}" : "")}", shuffled, options.Negative, row.Id);
                    }
                }
            }
        });
        run.Result($"{Wording.Counted(positives, "positive")}, {Wording.Counted(negatives, "shuffled negative")} with the same count of "
            + $"every {options.K} letters in a row: {options.Output}");
        if (same > 0) run.Warn($"{Wording.Counted(same, "negative")} left out: the sequence has no other arrangement with these counts.");
    }
}
