using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>Reads <c>.hapt</c> files: group, name and alleles with blanks between them (Yelmen et al. 2021).</summary>
public static class HaplotypeFile
{
    private const string Blanks = " \t";

    /// <summary>What haplotypes are written in.</summary>
    public static readonly Alphabet Alleles = Alphabet.Of("01");

    /// <summary>Whether a file's name says that it holds such lines.</summary>
    public static bool IsNamed(string path) => path.EndsWith(".hapt", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".hapt.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The lines in file order, one at a time.</summary>
    /// <exception cref="DataException">A line is malformed, has more or fewer SNPs than the first, or there is none.</exception>
    public static IEnumerable<HaplotypeLine> Lines(string path)
    {
        int? width = null;
        foreach (var (number, line) in LineReader.Read(path, "a file of haplotypes", TextFormat.Table))
        {
            if (line.AsSpan().Trim(Blanks).IsEmpty) continue;
            var read = Parse(line, $"{Path.GetFileName(path)}:{number}");
            width ??= read.Alleles.Length;
            if (read.Alleles.Length != width)
                throw new DataException($"{read.Where}: this haplotype has {read.Alleles.Length:N0} SNPs, the first one {width:N0}; "
                    + "all must have the same.");
            yield return read;
        }
        if (width is null) throw new DataException($"{DataFile.Show(path)} holds no haplotype; download or export it again.");
    }

    /// <summary>All of them as bits.</summary>
    /// <inheritdoc cref="Lines"/>
    public static HaplotypeRows Read(string path)
    {
        var (rows, groups, names, width) = (new List<ulong[]>(), new List<string>(), new List<string>(), 0);
        foreach (var line in Lines(path))
        {
            var words = new ulong[BitMatrix.WordsOf(width = line.Alleles.Length)];
            for (var i = 0; i < width; i++) words[i / BitMatrix.WordBits] |= (ulong)(line.Alleles[i] & 1) << i;
            rows.Add(words);
            groups.Add(string.IsInterned(line.Group) ?? line.Group);
            names.Add(line.Name);
        }
        return new(BitMatrix.Of(rows, width), groups, names, null);
    }

    private static HaplotypeLine Parse(string line, string where)
    {
        var rest = line.AsSpan();
        var (group, name) = (Next(ref rest).ToString(), Next(ref rest).ToString());
        var alleles = new char[rest.Length];
        var count = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            if (Blanks.Contains(rest[i])) continue;
            if (i > 0 && !Blanks.Contains(rest[i - 1])) throw Malformed(where);
            alleles[count++] = rest[i];
        }
        return count == 0 ? throw Malformed(where)
            : new(group, name, Alleles.Normalize(new string(alleles, 0, count), $"{where}, from its third column on"), where);
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(Blanks);
        var end = rest.IndexOfAny(Blanks);
        var cell = end < 0 ? rest : rest[..end];
        rest = rest[cell.Length..];
        return cell;
    }

    private static DataException Malformed(string where) =>
        new($"{where}: a haplotype is written as a group, a name and a 0 or 1 for each SNP, with blanks between them; this line is not.");
}
