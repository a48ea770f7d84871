using PluginHost.Plugins.Generate.Decoding;
using PluginHost.Plugins.Generate.Prompts;

namespace PluginHost.Plugins.Generate.Writing;

/// <summary>
/// Writes all records, in rounds: in each, those of which nothing was kept so far are tried once more. What a try draws follows from the
/// record's number and the number of the try alone.
/// </summary>
/// <param name="model">Writes.</param>
/// <param name="decoder">Chooses.</param>
/// <param name="task">What to write.</param>
/// <param name="records">Those that are written.</param>
internal sealed class RecordWriter(TrainedModel model, IDecoder decoder, WritingTask task, RecordList records)
{
    /// <summary>Tries for each record that is asked for, all together.</summary>
    public const int MostTries = 20;

    // Attempts beyond that many records apart draw from other numbers.
    private const int AttemptShift = 32;

    /// <summary>Tokens written so far, by this process.</summary>
    public long Tokens { get; private set; }

    /// <summary>Writes what is missing.</summary>
    /// <param name="start">Of a record, by its number.</param>
    /// <param name="batch">How many at once.</param>
    /// <param name="progress">Is told how many tokens were written, after each batch and now and then within one.</param>
    /// <param name="cancellation">Between tokens.</param>
    /// <returns>Whether all are there: not where too many tries were discarded.</returns>
    public bool Write(Func<long, Start> start, int batch, Action<long> progress, CancellationToken cancellation)
    {
        while (records.Open > 0)
        {
            var attempt = records.NextAttempt();
            if (attempt > 0 && !decoder.Draws || records.Tries + records.Pending(attempt).LongCount() > MostTries * records.Count)
                return false;
            // The batches of a round are the same after a kill: what is in the journal is whole batches.
            foreach (var numbers in records.Pending(attempt).Chunk(batch))
            {
                records.Add(Try(numbers, attempt, start, new CountingDecoder(decoder, step => progress(Tokens + step)), cancellation));
                progress(Tokens);
            }
        }
        return true;
    }

    private List<Written> Try(long[] numbers, int attempt, Func<long, Start> start, IDecoder counting, CancellationToken cancellation)
    {
        List<Start> starts = [.. numbers.Select(n => task.Prepared(start(n), n))];
        using var made = Collation.Pad([.. starts.Select(s => s.Sample)], [.. starts.Select(s => s.Encoding)],
            model.Tokenizer.Vocabulary.Pad ?? 0);
        var placed = model.Place(made);
        try
        {
            var limits = task.Limits(starts, [.. numbers.Select(n => ((long)attempt << AttemptShift) + n)]);
            var found = model.Decode(placed, counting, limits, cancellation).ToLookup(d => d.Row);
            List<Written> written = [];
            for (var row = 0; row < numbers.Length; row++)
            {
                List<WrittenSequence> all = [.. found[row]
                    .Select(d => new WrittenSequence(task.Whole(starts[row], d.Tokens), d.LogProbability, d.End))];
                Tokens += all.Sum(s => s.Tokens.Count);
                List<WrittenSequence> kept = [.. all.Where(s => task.Counts(starts[row], s))];
                written.Add(new(numbers[row], attempt, all.Count - kept.Count, kept));
            }
            return written;
        }
        finally
        {
            if (placed != made) placed.Dispose();
        }
    }
}
