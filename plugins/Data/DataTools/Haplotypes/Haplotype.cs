using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>Writes one haplotype: the reference with a sample's alleles in place, from start to end.</summary>
/// <param name="genome">The reference.</param>
/// <param name="sample">The sample's name.</param>
/// <param name="number">1 or 2.</param>
/// <param name="output">Where it goes.</param>
internal sealed class Haplotype(FastaFile genome, string sample, int number, Stream output)
{
    private readonly FastaWriter writer = new(output);
    private FastaRecord? record;
    private long at, end;

    public string Sample => sample;

    public int Number => number;

    public Stream Output => output;

    /// <summary>Bases of finished records.</summary>
    public long Bases { get; private set; }

    /// <summary>Single-base alleles put in.</summary>
    public long Substitutions { get; private set; }

    /// <summary>Alleles longer than the reference put in.</summary>
    public long Insertions { get; private set; }

    /// <summary>Alleles shorter than the reference put in.</summary>
    public long Deletions { get; private set; }

    /// <summary>Alleles of more than one base and the reference's length put in.</summary>
    public long Blocks { get; private set; }

    /// <summary>Alleles left out because one before them had replaced the bases they stand for.</summary>
    public long Overlapping { get; private set; }

    /// <summary>Alleles left out because they are no sequence: symbolic, breakends, <c>*</c>.</summary>
    public long NoSequence { get; private set; }

    /// <summary>Genotypes that are unknown: the reference stays.</summary>
    public long Unknown { get; set; }

    /// <summary>Unphased genotypes that were settled as asked for.</summary>
    public long Unphased { get; set; }

    /// <summary>Begins a chromosome, or a stretch of it.</summary>
    public void Begin(FastaRecord chromosome, long start, long stop)
    {
        (record, at, end) = (chromosome, start, stop);
        var whole = start == 0 && stop == chromosome.Length;
        writer.Begin($"{chromosome.Name}.{sample}.{number}{(whole ? "" : $" reference={chromosome.Name}:{start}-{stop}")}");
    }

    /// <summary>Puts an allele in.</summary>
    public void Apply(VcfRecord variant, string allele)
    {
        if (!IsSequence(allele))
        {
            NoSequence++;
            return;
        }
        if (variant.Position < at)
        {
            Overlapping++;
            return;
        }
        Copy(variant.Position);
        writer.Write(allele.ToUpperInvariant());
        at = variant.Position + variant.Reference.Length;
        if (allele.Length > variant.Reference.Length) Insertions++;
        else if (allele.Length < variant.Reference.Length) Deletions++;
        else if (allele.Length == 1) Substitutions++;
        else Blocks++;
    }

    /// <summary>Ends the chromosome.</summary>
    public void End()
    {
        Copy(end);
        writer.End();
        Bases += writer.Bases;
    }

    private static bool IsSequence(string allele) => allele.Length > 0 && !allele.AsSpan().ContainsAnyExcept("ACGTNacgtn");

    private void Copy(long until)
    {
        if (until <= at) return;
        foreach (var piece in FastaPieces.Of(genome, record!, at, until)) writer.Write(piece.Span);
        at = until;
    }
}
