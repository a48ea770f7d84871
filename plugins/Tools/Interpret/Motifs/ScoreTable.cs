using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Plugins.Interpret.Motifs;

/// <summary>Scores of bases as <c>interpret</c> writes them: a line a base, the bases of a sequence one behind the other.</summary>
internal static class ScoreTable
{
    /// <summary>Of each sequence by its id, axis bases; NaN where the table has no score.</summary>
    /// <exception cref="DataException">The table is not of that form.</exception>
    public static Dictionary<string, double[]> Read(string path, string? column)
    {
        Dictionary<string, List<double>> scores = new(StringComparer.Ordinal);
        var (id, position, score) = (-1, -1, -1);
        foreach (var (number, line) in LineReader.Read(path, "a table of scores", TextFormat.Table))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            if (id < 0)
            {
                (id, position) = (Array.IndexOf(cells, "id"), Array.IndexOf(cells, "position"));
                score = column is null ? cells.Length - 1 : Array.IndexOf(cells, column);
                if (id < 0 || position < 0 || score < 0)
                    throw new DataException($"{DataFile.Show(path)}:{number}: a table of scores has columns id, position and "
                        + $"{column ?? "a score"}, between tabs; it has: {string.Join(", ", cells)}.");
                continue;
            }
            var value = 0.0;
            if (cells.Length <= Math.Max(score, Math.Max(id, position))
                || !int.TryParse(cells[position], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > Array.MaxLength / 16
                || !(cells[score].Length == 0 || double.TryParse(cells[score], CultureInfo.InvariantCulture, out value)))
                throw new DataException($"{DataFile.Show(path)}:{number}: the line has no position, counted from 0, and score.");
            if (!scores.TryGetValue(cells[id], out var of)) scores[cells[id]] = of = [];
            while (of.Count <= at) of.Add(double.NaN);
            of[at] = cells[score].Length == 0 ? double.NaN : value;
        }
        return scores.ToDictionary(s => s.Key, s => s.Value.ToArray(), StringComparer.Ordinal);
    }
}
