using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Libs.Tools.Input;

/// <summary>
/// The alleles of variants with the bases around them, two samples each: 2i has the reference's bases, 2i + 1 the alternative's with the
/// same bases around. The id is the allele's as SPDI and <c>/ref</c> or <c>/alt</c>: <c>chr20:1234:A:G/alt</c>, counted from 0. Bases
/// are read when asked for.
/// </summary>
public sealed class AlleleSource : ISampleSource
{
    /// <summary>The field that holds the allele's name.</summary>
    public const string VariantField = "variant";

    /// <summary>The field that says which of both a sample is: <c>ref</c> or <c>alt</c>.</summary>
    public const string AlleleField = "allele";

    // As `variants score` has it unless told otherwise.
    private const double MostMismatches = 0.05;
    private const int Told = 1 << 14;

    private readonly List<AlleleSite> sites = [];
    private readonly VariantWindows windows;

    private AlleleSource(VariantWindows windows) => this.windows = windows;

    /// <inheritdoc/>
    public long Count => 2L * sites.Count;

    /// <summary>Whether a file's name is that of VCF, packed or not.</summary>
    public static bool IsNamedSo(string path) =>
        path.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".vcf.gz", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".vcf.bgz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads where the alleles lie and holds REF against the genome; what has no window is counted and said.</summary>
    /// <param name="paths">VCF files.</param>
    /// <param name="genome">Where the variants lie.</param>
    /// <param name="window">Bases of the longer of the two sequences.</param>
    /// <param name="context">Is told.</param>
    /// <exception cref="DataException">A line is malformed, no allele is left, or more than a twentieth of REF are not the
    /// genome's.</exception>
    public static AlleleSource Read(IReadOnlyList<string> paths, Genome genome, int window, ToolContext context)
    {
        var source = new AlleleSource(new(genome, window, only: null));
        foreach (var path in paths)
            foreach (var line in new VariantReader(path, sequence: null).Lines())
            {
                foreach (var site in source.windows.Sites(line))
                    if (site is { } known) source.sites.Add(known);
                if (source.windows.Checked % Told == 0) context.Progress("variants read", source.windows.Checked, null);
            }
        source.windows.RefuseOtherBuild(MostMismatches, atEnd: true);
        if (source.sites.Count == 0)
            throw new DataException($"{DataFile.Show(paths[0])}: no allele is left{source.windows.Reasons}.");
        source.Tell(context);
        return source;
    }

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var site = sites[(int)(index / 2)];
        var pair = windows.Read(site);
        var (name, allele) = ($"{site}", index % 2 == 0 ? "ref" : "alt");
        return new($"{name}/{allele}", (index % 2 == 0 ? pair.Reference : pair.Alternative).Sequence)
        {
            Place = new(pair.Chromosome, pair.Start, pair.Start + pair.Reference.Sequence.Length, '+'),
            Fields = new Dictionary<string, object> { [VariantField] = name, [AlleleField] = allele },
        };
    }

    private void Tell(ToolContext context)
    {
        if (windows.Left.Count > 0) context.Warn($"Alleles left out{windows.Reasons}.");
        if (windows.Mismatches > 0)
            context.Warn($"{Wording.Counted(windows.Mismatches, "variant")} of {windows.Checked:N0} left out, for REF is not the genome's: "
                + $"{string.Join("; ", windows.Examples)}.");
        if (windows.Moved > 0) context.Say($"{Wording.Counted(windows.Moved, "window")} moved or cut short by the end of a chromosome.");
    }
}
