using PluginHost.Libs.Files;

namespace PluginHost.Host.Scoring;

/// <summary>How many rows of a table carry a mark, in words.</summary>
public static class PredictionNotes
{
    /// <summary>A sentence for each mark there is.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<PredictionRow> rows) => rows.Where(r => r.Note is not null)
        .GroupBy(r => r.Note!).Select(group =>
            $"{Wording.Counted(group.LongCount(), "row")} marked '{group.Key}' in the column {PredictionColumns.Note}, the first of "
            + $"'{group.First().Id}': the figures say nothing of DNA.");
}
