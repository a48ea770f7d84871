using System.Globalization;

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

    /// <summary>The file the sample is from, where several were read.</summary>
    public string? File { get; init; }

    /// <summary>The order of tables: by sample, then along it.</summary>
    public static int InOrder(PredictionRow a, PredictionRow b) => a.Index != b.Index ? a.Index.CompareTo(b.Index)
        : (a.Span?.Start ?? 0).CompareTo(b.Span?.Start ?? 0);

    /// <summary>The rows of a scored batch; none when the objective scores positions that are nobody's.</summary>
    public static IEnumerable<PredictionRow> From(long[] indices, IReadOnlyList<Sample> samples, Scored scored)
    {
        var values = scored.Probabilities ?? scored.Outputs;
        for (var i = 0; i < scored.Ids.Count; i++)
        {
            var row = new float[values?.GetLength(1) ?? 0];
            for (var c = 0; c < row.Length; c++) row[c] = values![i, c];
            var sample = scored.Rows.Count > 0 ? scored.Rows[i] : i;
            BaseSpan? span = scored.Spans.Count > 0 ? scored.Spans[i] : null;
            yield return new PredictionRow(indices[sample], samples[sample].Id, span is null ? samples[sample].Label : null,
                scored.Predicted?[i], row)
            {
                Truth = scored.Labels?[i],
                Span = span,
                Place = span is not { } bases ? samples[sample].Place
                    : samples[sample].Place?.Within(bases.Start, bases.End, samples[sample].Sequence.Length),
                Targets = scored.Targets is { } targets ? [.. Enumerable.Range(0, targets.GetLength(1)).Select(c => targets[i, c])] : null,
            };
        }
    }

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

    /// <summary>
    /// Writes a table: id, the file where there are several, chromosome, start, end and strand where they are known (0-based and half-open,
    /// on the forward strand), start and end in the sequence where rows are stretches of sequences without a place, label where known
    /// (several truths joined by
    /// semicolons), predicted class by name, then a column per class or output. Numbers are
    /// written in full, so equal text means equal bits.
    /// </summary>
    public static void Write(TextWriter writer, IReadOnlyList<PredictionRow> rows, IReadOnlyList<string> outputs)
    {
        var spans = rows.Any(r => r.Span is not null);
        var labelled = rows.Any(r => Label(r) is not null);
        var classes = rows.Any(r => r.Predicted is not null);
        var width = rows.Count > 0 ? rows[0].Values.Length : outputs.Count;
        string Name(int c) => c < outputs.Count ? outputs[c] : c.ToString(CultureInfo.InvariantCulture);
        string? Label(PredictionRow row) => row.Targets is { Length: > 0 } targets && (row.Label is null || targets.Length > 1)
            ? string.Join(';', targets.Select(t => t.ToString("R", CultureInfo.InvariantCulture)))
            : row.Label ?? (row.Span is not null && row.Truth >= 0 ? Name(row.Truth.Value) : null);
        var files = rows.Any(r => r.File is not null);
        var places = rows.Any(r => r.Place is not null);
        writer.Write("id");
        if (files) writer.Write("\tfile");
        writer.Write(places ? "\tchromosome\tstart\tend\tstrand" : spans ? "\tstart\tend" : "");
        if (labelled) writer.Write("\tlabel");
        if (classes) writer.Write("\tpredicted");
        for (var c = 0; c < width; c++) writer.Write($"\t{(classes ? "p_" : "")}{Name(c)}");
        writer.Write('\n');
        foreach (var row in rows)
        {
            writer.Write(Cell(row.Id));
            if (files) writer.Write($"\t{Cell(row.File ?? "")}");
            if (places)
                writer.Write(row.Place is { } place
                    ? string.Create(CultureInfo.InvariantCulture, $"\t{Cell(place.Chromosome)}\t{place.Start}\t{place.End}\t{place.Strand}")
                    : string.Create(CultureInfo.InvariantCulture, $"\t\t{row.Span?.Start}\t{row.Span?.End}\t"));
            else if (spans) writer.Write(string.Create(CultureInfo.InvariantCulture, $"\t{row.Span?.Start}\t{row.Span?.End}"));
            if (labelled) writer.Write($"\t{Label(row)}");
            if (classes) writer.Write($"\t{(row.Predicted is { } predicted ? Name(predicted) : "")}");
            foreach (var value in row.Values) writer.Write("\t" + value.ToString("R", CultureInfo.InvariantCulture));
            writer.Write('\n');
        }
    }

    private static string Cell(string text) => text.Replace('\t', ' ').Replace('\n', ' ');
}
