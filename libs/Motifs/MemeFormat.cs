using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Motifs;

/// <summary>The minimal motif format of the MEME suite, version 4.</summary>
public static class MemeFormat
{
    /// <summary>The motifs as a file.</summary>
    public static string Write(IReadOnlyList<Motif> motifs)
    {
        var text = new StringBuilder("MEME version 4\n\nALPHABET= ACGT\n\nstrands: + -\n\nBackground letter frequencies\n")
            .Append("A 0.25 C 0.25 G 0.25 T 0.25\n");
        foreach (var motif in motifs)
        {
            text.Append($"\nMOTIF {motif.Id}{(motif.Name.Length > 0 ? $" {motif.Name}" : "")}\n").Append(string.Create(
                CultureInfo.InvariantCulture,
                $"letter-probability matrix: alength= 4 w= {motif.Width} nsites= {motif.Sites} E= {motif.Significance:g4}\n"));
            for (var w = 0; w < motif.Width; w++)
                text.AppendJoin(' ', Enumerable.Range(0, 4).Select(a => string.Create(
                    CultureInfo.InvariantCulture, $"{motif.Frequencies_WA[w, a]:0.000000}"))).Append('\n');
        }
        return text.ToString();
    }

    internal static List<Motif> Read(string path, List<(long Number, string Text)> lines)
    {
        List<Motif> motifs = [];
        (string Id, string Name)? open = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var (number, line) = (lines[i].Number, lines[i].Text.Trim());
            if (line.StartsWith("ALPHABET", StringComparison.Ordinal) && !IsDna(line))
                throw new DataException(
                    $"{DataFile.Show(path)}:{number}: the alphabet is not ACGT ('{line}'); only motifs of DNA are read.");
            if (line.StartsWith("MOTIF", StringComparison.Ordinal))
            {
                var parts = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
                open = (parts.ElementAtOrDefault(1) ?? throw Bad(path, number, "a motif has no name"), parts.ElementAtOrDefault(2) ?? "");
            }
            if (!line.StartsWith("letter-probability matrix", StringComparison.Ordinal)) continue;
            var (id, name) = open ?? throw Bad(path, number, "a matrix stands before any MOTIF line");
            if (Field(line, "alength") is { } letters and not 4)
                throw Bad(path, number, $"the alphabet has {letters} letters, not the four of DNA");
            var width = (int?)Field(line, "w");
            List<double[]> rows = [];
            while (i + 1 < lines.Count && (width is null || rows.Count < width) && Row(lines[i + 1].Text) is { } row)
            {
                rows.Add(row);
                i++;
            }
            if (rows.Count == 0 || rows.Count < width)
                throw Bad(path, number,
                    $"{id} should have {width?.ToString(CultureInfo.InvariantCulture) ?? "some"} lines of four numbers, "
                    + $"but has {rows.Count}");
            motifs.Add(new(id, name, Matrix(path, number, id, rows))
            {
                Sites = (int)(Field(line, "nsites") ?? 0), Significance = Field(line, "E") ?? 0,
            });
            open = null;
        }
        return motifs;
    }

    private static double[,] Matrix(string path, long number, string id, List<double[]> rows)
    {
        var counts = new double[rows.Count, 4];
        for (var w = 0; w < rows.Count; w++)
        {
            if (Math.Abs(rows[w].Sum() - 1) > 0.05)
                throw Bad(path, number + w + 1, $"position {w + 1} of {id} sums to {rows[w].Sum():0.###}, not to 1");
            for (var a = 0; a < 4; a++) counts[w, a] = rows[w][a];
        }
        return Motif.Normalize(counts);
    }

    private static bool IsDna(string line) =>
        line[(line.IndexOf('=') + 1)..].Trim() is "ACGT" || line.Contains("\"DNA\"", StringComparison.OrdinalIgnoreCase)
        || line.EndsWith("DNA-LIKE", StringComparison.OrdinalIgnoreCase);

    private static double[]? Row(string line)
    {
        var cells = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length != 4) return null;
        var row = new double[4];
        for (var a = 0; a < 4; a++)
            if (!double.TryParse(cells[a], CultureInfo.InvariantCulture, out row[a]) || !(row[a] >= 0)) return null;
        return row;
    }

    private static double? Field(string line, string name) =>
        Regex.Match(line, $@"\b{name}=\s*(\S+)") is { Success: true } match
            && double.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DataException Bad(string path, long line, string what) =>
        new($"{DataFile.Show(path)}:{line}: {what}. Write it as MEME's minimal format has it.");
}
