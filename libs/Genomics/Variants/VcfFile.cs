using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A VCF file, plain or gzip, read record by record.</summary>
public sealed class VcfFile
{
    private const int FixedColumns = 9;
    private const string Wanted = "a VCF file";

    private VcfFile(string path, IReadOnlyList<string> samples) => (Path, Samples) = (path, samples);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the samples, left to right.</summary>
    public IReadOnlyList<string> Samples { get; }

    /// <summary>Reads the header.</summary>
    /// <exception cref="DataException">It is no VCF, or has no samples.</exception>
    public static VcfFile Open(string path)
    {
        foreach (var (number, line) in LineReader.Read(path, Wanted, TextFormat.Vcf))
        {
            if (number == 1 && !line.StartsWith("##fileformat=VCF", StringComparison.Ordinal))
                throw new DataException(
                    $"{DataFile.Show(path)}:1: a VCF file begins with '##fileformat=VCF'; BCF files are unpacked with 'bcftools view'.");
            if (line.StartsWith("##", StringComparison.Ordinal)) continue;
            if (!line.StartsWith("#CHROM\t", StringComparison.Ordinal))
                throw new DataException($"{DataFile.Show(path)}:{number}: the line '#CHROM ...' that names the columns is missing.");
            var cells = line.Split('\t');
            if (cells.Length <= FixedColumns)
                throw new DataException($"{DataFile.Show(path)}:{number}: the file has no samples; haplotypes need genotypes.");
            var samples = cells[FixedColumns..];
            if (samples.GroupBy(s => s, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new DataException($"{DataFile.Show(path)}:{number}: two samples are called '{twice.Key}'; rename one.");
            return new(path, samples);
        }
        throw new DataException($"{DataFile.Show(path)} ends before the line '#CHROM ...'; it may be cut off.");
    }

    /// <summary>The records in file order.</summary>
    /// <param name="samples">The samples whose genotypes are wanted, by index.</param>
    /// <exception cref="DataException">A record is malformed, or the file is not sorted.</exception>
    public IEnumerable<VcfRecord> Records(IReadOnlyList<int> samples)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (chromosome, position) = ("", 0L);
        foreach (var (number, line) in LineReader.Read(Path, Wanted, TextFormat.Vcf))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var where = $"{DataFile.Show(Path)}:{number}";
            var record = VcfRecord.Parse(line, where, samples, Samples.Count);
            if (record.Chromosome != chromosome)
            {
                if (!seen.Add(record.Chromosome))
                    throw new DataException(
                        $"{where}: '{record.Chromosome}' comes a second time after other chromosomes; sort the file (bcftools sort).");
                (chromosome, position) = (record.Chromosome, 0);
            }
            if (record.Position < position)
                throw new DataException(
                    $"{where}: position {record.Position + 1:N0} comes after {position + 1:N0}; sort the file (bcftools sort).");
            position = record.Position;
            yield return record;
        }
    }
}
