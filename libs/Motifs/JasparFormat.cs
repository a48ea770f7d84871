using System.Globalization;
using System.Text;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Motifs;

/// <summary>JASPAR's matrices of counts: a line <c>&gt;ID NAME</c>, then one for each base.</summary>
public static class JasparFormat
{
    private const int SitesWhereUnknown = 100;

    /// <summary>The motifs as a file. Where the number of sites is not known, counts are of a hundred.</summary>
    public static string Write(IReadOnlyList<Motif> motifs)
    {
        var text = new StringBuilder();
        foreach (var motif in motifs)
        {
            var sites = motif.Sites > 0 ? motif.Sites : SitesWhereUnknown;
            text.Append($">{motif.Id}{(motif.Name.Length > 0 ? $" {motif.Name}" : "")}\n");
            for (var a = 0; a < 4; a++)
                text.Append($"{Motif.Bases[a]} [ ").AppendJoin(' ', Enumerable.Range(0, motif.Width).Select(w =>
                    Math.Round(motif.Frequencies_WA[w, a] * sites).ToString(CultureInfo.InvariantCulture))).Append(" ]\n");
        }
        return text.ToString();
    }

    internal static List<Motif> Read(string path, List<(long Number, string Text)> lines)
    {
        List<Motif> motifs = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Text.Trim().Length == 0) continue;
            var (number, header) = (lines[i].Number, lines[i].Text.Trim());
            if (!header.StartsWith('>')) throw Bad(path, number, "a line '>ID NAME' should stand here");
            var names = header[1..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (names.Length == 0) throw Bad(path, number, "the matrix has no name");
            var rows = new double[4][];
            for (var a = 0; a < 4; a++)
            {
                if (++i >= lines.Count) throw Bad(path, number, $"{names[0]} has {a} lines of counts instead of four");
                rows[a] = Row(path, lines[i].Number, lines[i].Text, a);
                if (rows[a].Length != rows[0].Length || rows[a].Length == 0)
                    throw Bad(path, lines[i].Number,
                        $"{names[0]} has {rows[a].Length} counts of {Motif.Bases[a]}, but {rows[0].Length} of A");
            }
            motifs.Add(Of(path, number, names, rows));
        }
        return motifs;
    }

    private static Motif Of(string path, long number, string[] names, double[][] rows_AW)
    {
        var counts = new double[rows_AW[0].Length, 4];
        var most = 0.0;
        for (var w = 0; w < counts.GetLength(0); w++)
        {
            var sum = 0.0;
            for (var a = 0; a < 4; a++) sum += counts[w, a] = rows_AW[a][w];
            if (sum <= 0) throw Bad(path, number, $"position {w + 1} of {names[0]} has no counts");
            most = Math.Max(most, sum);
        }
        return new(names[0], names.ElementAtOrDefault(1) ?? "", Motif.Normalize(counts)) { Sites = (int)Math.Round(most) };
    }

    private static double[] Row(string path, long number, string line, int letter)
    {
        var cells = line.Split([' ', '\t', '[', ']', '|'], StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length > 0 && cells[0].TrimEnd(':') is { Length: 1 } name && char.IsAsciiLetter(name[0]))
        {
            if (char.ToUpperInvariant(name[0]) != Motif.Bases[letter])
                throw Bad(path, number, $"the counts of {Motif.Bases[letter]} should stand here, not those of {name}");
            cells = cells[1..];
        }
        var row = new double[cells.Length];
        for (var w = 0; w < row.Length; w++)
            if (!double.TryParse(cells[w], CultureInfo.InvariantCulture, out row[w]) || !(row[w] >= 0) || !double.IsFinite(row[w]))
                throw Bad(path, number, $"'{cells[w]}' is no count");
        return row;
    }

    private static DataException Bad(string path, long line, string what) =>
        new($"{DataFile.Show(path)}:{line}: {what}. Write a matrix as '>ID NAME', then A, C, G and T, each with its counts.");
}
