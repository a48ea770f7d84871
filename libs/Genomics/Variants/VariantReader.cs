using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>Reads variants line by line, out of VCF or a table.</summary>
/// <param name="path">The file.</param>
/// <param name="sequence">The record that a table without chromosomes is about.</param>
/// <param name="asked">Columns of the table or INFO keys that are wanted, each with the option that names it.</param>
public sealed class VariantReader(string path, string? sequence, params IReadOnlyList<(string Option, string Name)> asked)
{
    private const string Wanted = "a VCF file or a table of variants";
    private const string InfoLine = "##INFO=<ID=";
    private const int VcfColumns = 8;

    /// <summary>Lines of a VCF's header, in order; those of a table, its names. Filled before the first variant is given.</summary>
    public List<string> Header { get; } = [];

    /// <summary>Whether it is VCF; known once <see cref="Header"/> is.</summary>
    public bool IsVcf => Header.Count > 0 && Header[0].StartsWith("##fileformat=VCF", StringComparison.Ordinal);

    /// <summary>Reads the header alone.</summary>
    /// <exception cref="DataException">A column is missing.</exception>
    public void ReadHeader()
    {
        foreach (var _ in Lines()) return;
    }

    /// <summary>The variants in file order.</summary>
    /// <exception cref="DataException">A line is malformed.</exception>
    public IEnumerable<VariantLine> Lines()
    {
        Header.Clear();
        Func<string, string, VariantLine>? parse = null;
        foreach (var (number, line) in LineReader.Read(path, Wanted, TextFormat.Vcf))
        {
            var where = $"{DataFile.Show(path)}:{number}";
            if (line.Length == 0) continue;
            if (Header.Count == 0 && !line.StartsWith('#')) parse = Table(line, where);
            if (line[0] == '#' || Header.Count == 0)
            {
                Header.Add(line);
                if (line.StartsWith("#CHROM\t", StringComparison.Ordinal))
                {
                    RefuseUnknownKeys();
                    parse = Vcf;
                }
                continue;
            }
            if (parse is null)
                throw new DataException($"{where}: the line '#CHROM ...' that names the columns is missing before it.");
            yield return parse(line, where);
        }
        if (parse is null) throw new DataException($"{DataFile.Show(path)} ends before the line '#CHROM ...'; it may be cut off.");
    }

    private VariantLine Vcf(string line, string where)
    {
        var cells = line.Split('\t');
        if (cells.Length < VcfColumns)
            throw new DataException($"{where}: the record has {cells.Length} columns, but VCF has at least {VcfColumns}.");
        var alternatives = cells[4] == "." ? [] : cells[4].Split(',').Select(Upper).ToArray();
        return new(line, where, cells[0], Place(cells[1], 0, where) - 1, cells[3].ToUpperInvariant(), alternatives,
            [.. asked.Select(a => Known(Info(cells[7], a.Name), alternatives.Length))]);
    }

    /// <summary>The value of an INFO key; null where there is none.</summary>
    private static string? Info(string info, string key) =>
        info.Split(';').FirstOrDefault(f => f.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    /// <summary>Refuses an INFO key that the header does not declare, unless it declares none at all.</summary>
    private void RefuseUnknownKeys()
    {
        string[] keys =
            [.. Header.Where(h => h.StartsWith(InfoLine, StringComparison.Ordinal)).Select(h => h[InfoLine.Length..].Split(',')[0])];
        if (keys.Length > 0 && asked.FirstOrDefault(a => !keys.Contains(a.Name)) is { Name: { } name, Option: var option })
            throw new UsageException($"{option} {name}: the header has no such INFO key{Nearest.Hint(name, keys)}; it has: "
                + $"{NameList.Shorten(keys)}.");
    }

    /// <summary>One value for all alleles, or one for each.</summary>
    private static string?[] Known(string? written, int alleles)
    {
        var values = written?.Split(',') ?? [];
        return [.. Enumerable.Range(0, alleles).Select(a => values.Length == 1 ? values[0] : values.ElementAtOrDefault(a))
            .Select(v => v is "." or "" ? null : v)];
    }

    private Func<string, string, VariantLine> Table(string header, string where)
    {
        var separator = header.Contains('\t') ? '\t' : ',';
        var names = header.Split(separator);
        var chromosome = Column(names, "chromosome", "chrom", "chr");
        var position = Column(names, "position", "pos");
        var offset = Column(names, "offset");
        var (reference, alternative) = (Column(names, "ref"), Column(names, "alt"));
        if (reference < 0 || alternative < 0 || (position < 0 && offset < 0))
            throw new DataException(
                $"{where}: a table of variants has the columns chromosome, position, ref and alt, or offset, ref and alt; "
                + $"this one has: {string.Join(", ", names)}.");
        int[] known = [.. asked.Select(a => Array.IndexOf(names, a.Name))];
        if (Array.IndexOf(known, -1) is >= 0 and var missing)
            throw new UsageException($"{asked[missing].Option} {asked[missing].Name}: there is no such column"
                + $"{Nearest.Hint(asked[missing].Name, names)}; there are: {string.Join(", ", names)}.");
        return (line, at) =>
        {
            var cells = line.Split(separator);
            if (cells.Length != names.Length)
                throw new DataException($"{at}: the row has {cells.Length} cells, but there are {names.Length} columns.");
            var place = position >= 0 ? Place(cells[position], 1, at) : Place(cells[offset], 0, at);
            return new(line, at, chromosome >= 0 ? cells[chromosome] : sequence ?? "", place, Bases(cells[reference]),
                [Bases(cells[alternative])], [.. known.Select(k => (string?[])[cells[k].Length == 0 ? null : cells[k]])]);
        };
    }

    private static int Column(string[] names, params string[] known) =>
        Array.FindIndex(names, n => known.Contains(n.Trim(), StringComparer.OrdinalIgnoreCase));

    private static string Bases(string written) => written is "-" or "" ? "" : Upper(written);

    private static string Upper(string written) => written.Contains('<') || written.Contains('[') || written.Contains(']') ? written
        : written.ToUpperInvariant();

    private static long Place(string written, int from, string where) =>
        long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= from ? place - from
            : throw new DataException($"{where}: the position '{written}' is no whole number of at least {from}.");
}
