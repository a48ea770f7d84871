using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>Cuts windows around alleles and counts those that have none.</summary>
/// <param name="genome">Where the variants lie.</param>
/// <param name="window">Bases of the longer of the two windows.</param>
/// <param name="only">The record of lines without a chromosome; null where there is none.</param>
public sealed class VariantWindows(Genome genome, int window, FastaRecord? only)
{
    private const int Shown = 3, FewChecked = 100;

    /// <summary>Opens the genome.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="sequence">The record of lines without a chromosome; its only one where null.</param>
    /// <param name="window">Bases of a window.</param>
    /// <param name="context">Is told how far it is.</param>
    public static VariantWindows Open(string path, string? sequence, int window, ToolContext context)
    {
        var genome = new Genome(Genome.Open(path, context.Progress));
        return new(genome, window, sequence is not null ? genome.Find(sequence, "--sequence")
            : genome.File.Records.Count == 1 ? genome.File.Records[0] : null);
    }

    /// <summary>How many alleles or lines had no window, by why.</summary>
    public SortedDictionary<string, long> Left { get; } = [];

    /// <summary>Lines whose REF was held against the genome.</summary>
    public long Checked { get; private set; }

    /// <summary>Lines whose REF is not the genome's.</summary>
    public long Mismatches { get; private set; }

    /// <summary>The first of them.</summary>
    public List<string> Examples { get; } = [];

    /// <summary>Windows that an end of the chromosome moves, or cuts short where it is shorter than they.</summary>
    public long Moved { get; private set; }

    /// <summary>The windows of a line's alleles; null of an allele that has none.</summary>
    /// <exception cref="DataException">REF is no sequence of bases.</exception>
    public WindowPair?[] Of(VariantLine line) => Array.ConvertAll(Sites(line), site => site is { } known ? Read(known) : null);

    /// <summary>Where a line's alleles lie; null of an allele that has no window, which is counted.</summary>
    /// <exception cref="DataException">REF is no sequence of bases.</exception>
    public AlleleSite?[] Sites(VariantLine line)
    {
        var sites = new AlleleSite?[line.Alternatives.Length];
        var record = line.Chromosome.Length == 0 ? only : genome.TryFind(line.Chromosome, line.Where);
        if (record is null && line.Chromosome.Length == 0)
            throw new UsageException($"{line.Where}: the table names no chromosome, and the genome has several; name one with --sequence.");
        if (line.Position < 0) Leave("at position 0, before the first base", Math.Max(1, sites.Length));
        else if (record is null) Leave($"on '{line.Chromosome}', which the genome lacks", Math.Max(1, sites.Length));
        else if (sites.Length == 0) Leave("without an alternative allele", 1);
        else if (Allele.IsBases(line.Reference) || line.Reference.Length == 0)
        {
            if (!Agrees(line, record)) return sites;
            for (var a = 0; a < sites.Length; a++) sites[a] = Site(line, record, line.Alternatives[a]);
        }
        else throw new DataException($"{line.Where}: REF is '{line.Reference}', which is no sequence of bases.");
        return sites;
    }

    /// <summary>Stops where too many REF are not the genome's.</summary>
    /// <param name="most">Share that is borne.</param>
    /// <param name="atEnd">Whether no more variants come; before, a few prove nothing.</param>
    /// <exception cref="DataException">There are more.</exception>
    public void RefuseOtherBuild(double most, bool atEnd = false)
    {
        if ((atEnd || Checked >= FewChecked) && Mismatches > most * Checked)
            throw new DataException($"{Wording.Counted(Mismatches, "variant")} of {Checked:N0} have a REF that is not the "
                + $"genome's, more than {100 * most:0.##} %; is it another genome build? {string.Join("; ", Examples)}.");
    }

    /// <summary>Why others have no window, for the end of a sentence.</summary>
    public string Reasons => Left.Count == 0 ? "" : $": {string.Join(", ", Left.Select(l => $"{l.Value:N0} {l.Key}"))}";

    private bool Agrees(VariantLine line, FastaRecord record)
    {
        Checked++;
        var there = line.Position + line.Reference.Length > record.Length ? null
            : line.Reference.Length == 0 ? "" : genome.File.Read(record, line.Position, line.Reference.Length).ToUpperInvariant();
        if (there == line.Reference) return true;
        Mismatches++;
        if (Examples.Count < Shown)
            Examples.Add(there is null
                ? $"{line.Where}: position {line.Position + 1:N0} is past the end of '{record.Name}', which has {record.Length:N0} bases"
                : $"{line.Where}: REF is {Short(line.Reference)}, the genome has {Short(there)} at {record.Name}:{line.Position + 1:N0}");
        return false;
    }

    private static string Short(string bases) => bases.Length <= 12 ? bases : $"{bases[..12]}... ({Wording.Counted(bases.Length, "base")})";

    private AlleleSite? Site(VariantLine line, FastaRecord record, string alternative)
    {
        if (Unsupported(alternative) is { } why) return Leave(why, 1);
        var form = AlleleForm.Of(line.Position, line.Reference, alternative,
            at => char.ToUpperInvariant(genome.File.Read(record, at, 1)[0]));
        if (form is { Reference: "", Alternative: "" }) return Leave("the same as the reference", 1);
        if (Longer(form) > window - 2) return Leave($"longer than the window of {window:N0} bases", 1);
        var (start, end) = Around(form);
        if (2 * genome.File.CountAmbiguous(record, Math.Max(0, start), Math.Min(record.Length, end)) > window)
            return Leave("in a window that is mostly unknown bases", 1);
        if (start < 0 || end > record.Length) Moved++;
        return new(record, form);
    }

    private static int Longer(AlleleForm form) => Math.Max(form.Reference.Length, form.Alternative.Length);

    /// <summary>The variant's middle is the window's; both windows have the same bases around.</summary>
    private (long Start, long End) Around(AlleleForm form)
    {
        var before = (window - Longer(form)) / 2;
        return (form.Position - before, form.Position + form.Reference.Length + window - Longer(form) - before);
    }

    /// <summary>Reads the windows of an allele.</summary>
    public WindowPair Read(AlleleSite site)
    {
        var (record, form) = (site.Record, site.Form);
        var (start, end) = Around(form);
        // At an end of the chromosome the variant lies off the middle: states of shorter windows would differ by their length.
        if (start < 0) (start, end) = (0, Math.Min(record.Length, end - start));
        else if (end > record.Length) (start, end) = (Math.Max(0, start - (end - record.Length)), record.Length);
        var reference = genome.File.Read(record, start, (int)(end - start)).ToUpperInvariant();
        var at = (int)(form.Position - start);
        return new(new(reference, at, form.Reference.Length),
            new(reference[..at] + form.Alternative + reference[(at + form.Reference.Length)..], at, form.Alternative.Length))
        {
            Chromosome = record.Name, Start = start,
        };
    }

    private static string? Unsupported(string alternative) =>
        alternative.Length == 0 || Allele.IsSequence(alternative) ? null
        : alternative == "*" ? "of *, a deletion that another record tells"
        : alternative[0] == '<' ? $"symbolic ({alternative.Split(':')[0].TrimEnd('>')}>)"
        : alternative.AsSpan().ContainsAny('[', ']') || alternative[0] == '.' || alternative[^1] == '.' ? "breakends"
        : Allele.IsBases(alternative) ? "with an ambiguous base" : "of unknown form";

    private AlleleSite? Leave(string why, long count)
    {
        Left[why] = Left.GetValueOrDefault(why) + count;
        return null;
    }
}
