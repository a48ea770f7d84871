using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Reads <c>.hapt</c> files: group, name and alleles with blanks between them.</summary>
internal static class HaplotypeFile
{
    /// <summary>What haplotypes are written in.</summary>
    public static readonly Alphabet Alleles = Alphabet.Of("01");

    private static readonly string[] fields = [Sample.LabelField];

    /// <summary>
    /// The haplotypes: their names are the file's where these are all different, else the line numbers; the group is the label.
    /// </summary>
    /// <exception cref="DataException">A line is malformed, or has more or fewer SNPs than the first.</exception>
    public static IReadOnlyList<Sample> Read(string path)
    {
        List<(string Group, string Name, string Alleles, string Where)> rows = [];
        foreach (var (number, line) in LineReader.Read(path, "a file of haplotypes", TextFormat.Table))
        {
            var cells = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0) continue;
            var where = $"{System.IO.Path.GetFileName(path)}:{number}";
            if (cells.Length < 3 || cells.Skip(2).Any(c => c.Length > 1))
                throw new DataException(
                    $"{where}: a haplotype is written as a group, a name and a 0 or 1 for each SNP, with blanks between "
                    + "them; this line is not.");
            var alleles = Alleles.Normalize(string.Concat(cells.Skip(2)), $"{where}, from its third column on");
            if (rows.Count > 0 && alleles.Length != rows[0].Alleles.Length)
                throw new DataException($"{where}: this haplotype has {alleles.Length:N0} SNPs, the first one {rows[0].Alleles.Length:N0}; "
                    + "all must have the same.");
            rows.Add((cells[0], cells[1], alleles, where));
        }
        if (rows.Count == 0) throw new DataException($"{DataFile.Show(path)} holds no haplotype; download or export it again.");
        // The two haplotypes of a person may have the person's name.
        var named = rows.Select(r => r.Name).Distinct().Count() == rows.Count;
        return [.. rows.Select((r, i) => new Sample(named ? r.Name : $"{r.Name}:{i + 1}", r.Alleles)
        {
            Fields = new RowFields(fields, [r.Group]),
            Origin = r.Where,
        })];
    }
}
