using PluginHost.Libs.Files.Tables;

namespace PluginHost.Host.Scoring;

/// <summary>What a model says about one sample, or about one stretch of it.</summary>
/// <param name="Index">Place of the sample in its split.</param>
/// <param name="Id">The sample's id.</param>
/// <param name="Label">Its label as written in the data, or null.</param>
/// <param name="Predicted">Predicted class, or null for real-valued objectives.</param>
/// <param name="Values">Class probabilities or real-valued outputs, axis C.</param>
public sealed record PredictionRow(long Index, string Id, string? Label, int? Predicted, float[] Values)
{
    /// <summary>The true class where it is known, else null or negative.</summary>
    public int? Truth { get; init; }

    /// <summary>Real-valued truths, axis C; null for classes.</summary>
    public float[]? Targets { get; init; }

    /// <summary>The bases it is about, 0-based and half-open; null for the whole sample.</summary>
    public BaseSpan? Span { get; init; }

    /// <summary>Where that lies on a genome, or null where it is not known.</summary>
    public GenomicPlace? Place { get; init; }

    /// <summary>Whether the place tells more than the id.</summary>
    public bool IsPlaced => Place?.TellsMoreThan(Id, Span?.Start ?? 0) == true;

    /// <summary>The file the sample is from, where several were read.</summary>
    public string? File { get; init; }

    /// <summary>Why the figures say nothing of the sequence's DNA; null for most.</summary>
    public string? Note { get; init; }

    /// <summary>For token objectives the losses of the sample by itself.</summary>
    public IReadOnlyList<ScoredLoss> Losses { get; init; } = [];

    /// <summary>The order of tables: by sample, then along it.</summary>
    public static int InOrder(PredictionRow a, PredictionRow b) => a.Index != b.Index ? a.Index.CompareTo(b.Index)
        : (a.Span?.Start ?? 0).CompareTo(b.Span?.Start ?? 0);

    /// <inheritdoc cref="From(long[], IReadOnlyList{Sample}, Scored, IReadOnlyList{EncodedSequence}, IReadOnlyList{int})"/>
    public static IEnumerable<PredictionRow> From(Scorer.Step step) =>
        From(step.Indices, step.Batch.Samples, step.Scored, step.Batch.Encodings, step.Batch.SampleOfRow);

    /// <summary>The rows of a scored batch; none when the objective scores positions that are nobody's.</summary>
    /// <param name="indices">Places of the samples in their split, in row order.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="scored">What was scored.</param>
    /// <param name="encodings">Of the batch's rows; empty where they are not known.</param>
    /// <param name="sampleOfRow">See <see cref="Batch.SampleOfRow"/>.</param>
    public static IEnumerable<PredictionRow> From(
        long[] indices, IReadOnlyList<Sample> samples, Scored scored, IReadOnlyList<EncodedSequence>? encodings = null,
        IReadOnlyList<int>? sampleOfRow = null)
    {
        var values = scored.Probabilities ?? scored.Outputs;
        for (var i = 0; i < scored.Ids.Count; i++)
        {
            var row = new float[values?.GetLength(1) ?? 0];
            for (var c = 0; c < row.Length; c++) row[c] = values![i, c];
            var place = scored.Rows.Count > 0 ? scored.Rows[i] : i;
            var sample = sampleOfRow is { Count: > 0 } ? sampleOfRow[place] : place;
            BaseSpan? span = scored.Spans.Count > 0 ? scored.Spans[i] : null;
            yield return new PredictionRow(indices[sample], samples[sample].Id, span is null ? samples[sample].Label : null,
                scored.Predicted?[i], row)
            {
                Truth = scored.Labels?[i],
                Span = span,
                Note = SequenceNote.Of(samples[sample], () => encodings is { Count: > 0 } ? encodings[place] : null),
                Place = span is not { } bases ? samples[sample].Place
                    : samples[sample].Place?.Within(bases.Start, bases.End, samples[sample].Sequence.Length),
                Targets = scored.Targets is { } targets ? [.. Enumerable.Range(0, targets.GetLength(1)).Select(c => targets[i, c])] : null,
            };
        }
    }

    /// <inheritdoc cref="LossesFrom(long[], IReadOnlyList{Sample}, Scored, IReadOnlyList{EncodedSequence}, IReadOnlyList{int})"/>
    public static IEnumerable<PredictionRow> LossesFrom(Scorer.Step step) =>
        LossesFrom(step.Indices, step.Batch.Samples, step.Scored, step.Batch.Encodings, step.Batch.SampleOfRow);

    /// <summary>The losses of each sample of a scored batch; none where the objective does not give them by row.</summary>
    /// <inheritdoc cref="From"/>
    public static IEnumerable<PredictionRow> LossesFrom(
        long[] indices, IReadOnlyList<Sample> samples, Scored scored, IReadOnlyList<EncodedSequence>? encodings = null,
        IReadOnlyList<int>? sampleOfRow = null) =>
        scored.RowLosses.Select((losses, row) => (Losses: losses, Row: row, Sample: sampleOfRow is { Count: > 0 } ? sampleOfRow[row] : row))
            .Select(r => new PredictionRow(indices[r.Sample], samples[r.Sample].Id, null, null, [])
            {
                Losses = r.Losses, Place = samples[r.Sample].Place,
                Note = SequenceNote.Of(samples[r.Sample], () => encodings is { Count: > 0 } ? encodings[r.Row] : null),
            });

    /// <summary>
    /// Rows as a scored batch again, so that metrics can be computed on any of them. Losses are not among what rows keep.
    /// </summary>
    public static Scored ToScored(IReadOnlyList<PredictionRow> rows)
    {
        var classes = rows.All(r => r.Predicted is not null);
        return new()
        {
            Ids = [.. rows.Select(r => r.Id)],
            Labels = rows.All(r => r.Truth is not null) ? [.. rows.Select(r => r.Truth!.Value)] : null,
            Predicted = classes ? [.. rows.Select(r => r.Predicted!.Value)] : null,
            Probabilities = classes ? Matrix([.. rows.Select(r => r.Values)]) : null,
            Outputs = classes ? null : Matrix([.. rows.Select(r => r.Values)]),
            Targets = rows.All(r => r.Targets is not null) ? Matrix([.. rows.Select(r => r.Targets!)]) : null,
        };
    }

    private static float[,] Matrix(IReadOnlyList<float[]> rows)
    {
        var matrix = new float[rows.Count, rows.Count > 0 ? rows[0].Length : 0];
        for (var i = 0; i < rows.Count; i++)
            for (var c = 0; c < rows[i].Length; c++) matrix[i, c] = rows[i][c];
        return matrix;
    }

    /// <summary>Writes a table as TSV. Numbers are written in full, so equal text means equal bits.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<PredictionRow> rows, IReadOnlyList<string> outputs)
    {
        var columns = new PredictionColumns(rows, outputs);
        var table = new DelimitedTable(writer, columns.Columns, '\t');
        foreach (var row in rows) table.Add(columns.Cells(row));
        table.Finish();
    }
}
