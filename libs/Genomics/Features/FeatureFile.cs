using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Features;

/// <summary>
/// Reads BED (3 to 12 columns) and GFF (GFF3, GTF) line by line, plain or gzip; which of the two is told by the name, else by the columns.
/// </summary>
public static class FeatureFile
{
    /// <summary>The features in file order, in BED's coordinates whatever the file's.</summary>
    /// <exception cref="DataException">A line is malformed; names it.</exception>
    public static IEnumerable<Feature> Read(string path)
    {
        bool? gff = ByName(path);
        var any = false;
        foreach (var (number, line) in LineReader.Read(path, "a BED or GFF file", TextFormat.Bed, TextFormat.Gff))
        {
            if (line.StartsWith("##FASTA", StringComparison.Ordinal) || line.StartsWith('>')) break;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#' || IsDisplay(line, "track") || IsDisplay(line, "browser")) continue;
            var where = $"{DataFile.Show(path)}:{number}";
            gff ??= LooksLikeGff(line);
            any = true;
            yield return gff.Value ? Gff(line, where) : Bed(line, where);
        }
        if (!any) throw new DataException(
            $"{DataFile.Show(path)} holds no feature; a BED line has at least chromosome, start and end, separated by tabs.");
    }

    /// <summary>Whether a file's name is that of a BED or GFF file, packed or not.</summary>
    public static bool IsNamedSo(string path) => ByName(path) is not null;

    /// <summary>A line for genome browsers; a chromosome may have a name that begins like one.</summary>
    private static bool IsDisplay(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && (line.Length == word.Length || char.IsWhiteSpace(line[word.Length]));

    private static bool? ByName(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        foreach (var packed in (string[])[".gz", ".bgz"])
            if (name.EndsWith(packed, StringComparison.Ordinal)) name = name[..^packed.Length];
        return Path.GetExtension(name) switch { ".bed" => false, ".gff" or ".gff3" or ".gtf" => true, _ => null };
    }

    private static bool LooksLikeGff(string line)
    {
        var cells = line.Split('\t');
        return cells.Length >= 8 && long.TryParse(cells[3], out _) && long.TryParse(cells[4], out _)
            && cells[6] is "+" or "-" or "." or "?";
    }

    private static Feature Bed(string line, string where)
    {
        var cells = line.Contains('\t') ? line.Split('\t') : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length < 3) throw Bad(where, "a BED line has at least chromosome, start and end separated by tabs, but this has "
            + $"{cells.Length} column{(cells.Length == 1 ? "" : "s")}");
        if (IsWord(cells[1]) && IsWord(cells[2]))
            throw Bad(where, $"'{cells[1]}' and '{cells[2]}' are no start and end; a line that names columns begins with #");
        var (start, end) = (Number(cells[1], where, "start", 0), Number(cells[2], where, "end", 0));
        if (end <= start)
            throw Bad(where, $"the feature ends at {end:N0}, not after its start {start:N0} (BED counts from 0 and leaves the end out)");
        var feature = new Feature(cells[0], start, end, cells.Length > 5 ? Strand(cells[5], where) : '.', "",
            cells.Length > 3 ? cells[3] : "", where);
        return cells.Length < 12 ? feature : feature with { Blocks = Blocks(cells, start, end, where) };
    }

    private static List<(long, long)> Blocks(string[] cells, long start, long end, string where)
    {
        var sizes = cells[10].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var starts = cells[11].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (Number(cells[9], where, "number of blocks", 0) is var count && (sizes.Length != count || starts.Length != count))
            throw Bad(where, $"column 10 says {count} blocks, but there are {sizes.Length} sizes and {starts.Length} starts");
        var blocks = new List<(long Start, long End)>();
        for (var i = 0; i < count; i++)
        {
            var from = start + Number(starts[i], where, "block start", 0);
            var to = from + Number(sizes[i], where, "block size", 1);
            if (to > end || (i > 0 && from < blocks[^1].End))
                throw Bad(where, $"block {i + 1} overlaps another or ends beyond the feature");
            blocks.Add((from, to));
        }
        return blocks;
    }

    private static Feature Gff(string line, string where)
    {
        // What follows the eighth tab is one column, whatever is in it.
        var cells = line.Split('\t', 9);
        if (cells.Length < 8) throw Bad(where, $"a GFF line has nine columns separated by tabs, but this has {cells.Length}");
        var (start, end) = (Number(cells[3], where, "start", 1), Number(cells[4], where, "end", 1));
        if (end < start) throw Bad(where, $"the feature ends at {end:N0}, before its start {start:N0}");
        var attributes = new FeatureAttributes(cells.Length > 8 ? cells[8] : "");
        return new(
            cells[0], start - 1, end, Strand(cells[6], where), cells[2],
                attributes.First("Name", "gene_name", "ID", "gene_id", "transcript_id") ?? "", where)
        { Attributes = attributes };
    }

    private static bool IsWord(string cell) => cell.Length > 0 && char.IsAsciiLetter(cell[0]);

    private static long Number(string cell, string where, string what, long least) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw Bad(where, $"the {what} '{cell}' is not a whole number of at least {least}");

    private static char Strand(string cell, string where) => cell switch
    {
        "+" or "-" => cell[0],
        "." or "?" or "" => '.',
        _ => throw Bad(where, $"the strand '{cell}' is none of +, - and ."),
    };

    private static DataException Bad(string where, string what) => new($"{where}: {what}; correct or remove the line.");
}
