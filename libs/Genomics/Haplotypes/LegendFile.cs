using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>The SNPs of haplotypes: <c>id position a0 a1</c> with blanks between (IMPUTE's legend), a line a SNP under the names.</summary>
public static class LegendFile
{
    /// <summary>The names of its columns.</summary>
    public const string Header = "id position a0 a1";

    /// <summary>The SNPs in file order. The chromosome is what stands before the first colon of the id.</summary>
    /// <exception cref="DataException">A line is malformed.</exception>
    public static IReadOnlyList<HaplotypeSite> Read(string path)
    {
        List<HaplotypeSite> sites = [];
        foreach (var (number, line) in LineReader.Read(path, "a legend of haplotypes", TextFormat.Table))
        {
            var cells = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0 || (number == 1 && cells is ["id", "position", ..])) continue;
            if (cells.Length < 4 || !long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                || position < 1)
                throw new DataException($"{Path.GetFileName(path)}:{number}: a line of a legend is '{Header}' with a position of at least "
                    + "1; this line is not.");
            sites.Add(new(cells[0].IndexOf(':') is > 0 and var colon ? cells[0][..colon] : "", position - 1, cells[2], cells[3]));
        }
        return sites;
    }

    /// <summary>The line of a SNP.</summary>
    public static string Line(HaplotypeSite site) => string.Create(CultureInfo.InvariantCulture,
        $"{site.Chromosome}:{site.Position + 1}_{site.Zero}_{site.One} {site.Position + 1} {site.Zero} {site.One}");
}
