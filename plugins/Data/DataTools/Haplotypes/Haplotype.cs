using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>Writes one haplotype: the reference with a sample's alleles in place, from start to end.</summary>
/// <remarks>
/// A base is replaced once. An allele on bases that one before it has replaced or taken out is left out, unless it only puts bases in or
/// takes them out behind the last of these: a SNP and an insertion at one position, a SNP on the base before a deletion.
/// </remarks>
/// <param name="genome">The reference.</param>
/// <param name="sample">The sample's name.</param>
/// <param name="number">1 or 2.</param>
/// <param name="open">Opens the file; called once there is something to write.</param>
internal sealed class Haplotype(FastaFile genome, string sample, int number, Func<Stream> open)
{
    private FastaWriter? writer;
    private FastaRecord? record;
    private Stretch stretch = new("", 0, 0);
    private long at;
    private bool begun, afterInsertion;

    public string Sample => sample;

    public int Number => number;

    /// <summary>Null while nothing is written.</summary>
    public Stream? Output { get; private set; }

    /// <summary>What was put in and left out.</summary>
    public HaplotypeCounts Counts { get; } = new();

    /// <summary>Names the chromosome that comes, and the stretch of it to write.</summary>
    public void Expect(FastaRecord chromosome, Stretch wanted) =>
        (record, stretch, at, begun, afterInsertion) = (chromosome, wanted, 0, false, false);

    /// <summary>Begins the chromosome's record, unless it is begun.</summary>
    public void Begin()
    {
        if (begun) return;
        begun = true;
        writer ??= new(Output = open());
        var whole = stretch.Start == 0 && stretch.End == record!.Length;
        writer.Begin($"{record!.Name}.{sample}.{number}{(whole ? "" : $" reference={record.Name}:{stretch.Start}-{stretch.End}")}");
    }

    /// <summary>Puts an allele in. Those before the stretch are followed too: they may take bases of it out.</summary>
    public void Apply(VcfRecord variant, string allele)
    {
        if (!Allele.IsSequence(allele))
        {
            if (stretch.Touches(variant)) Counts.NoSequence++;
            return;
        }
        var behind = variant.Position == at - 1 && !afterInsertion && Allele.LeavesFirstBase(variant.Reference, allele);
        if (variant.Position < at && !behind)
        {
            if (stretch.Touches(variant)) Counts.Overlapping++;
            return;
        }
        Copy(variant.Position);
        var from = Math.Clamp(stretch.Start - variant.Position, 0, variant.Reference.Length);
        var to = Math.Clamp(stretch.End - variant.Position, 0, variant.Reference.Length);
        var part = Allele.Part(variant.Reference, allele, (int)from, (int)to);
        if (part != variant.Reference[(int)from..(int)to]) Counts.Add(variant.Reference, allele);
        if (part.Length > 0) Write(behind && from == 0 ? part[1..] : part);
        at = variant.Position + variant.Reference.Length;
        afterInsertion = allele.Length > variant.Reference.Length;
    }

    /// <summary>Ends the chromosome.</summary>
    public void End()
    {
        Begin();
        Copy(stretch.End);
        writer!.End();
        Counts.Bases += writer.Bases;
    }

    private void Copy(long until)
    {
        var (from, to) = (Math.Max(at, stretch.Start), Math.Min(until, stretch.End));
        if (to > from)
        {
            Begin();
            foreach (var piece in FastaPieces.Of(genome, record!, from, to)) writer!.Write(piece.Span);
        }
        at = Math.Max(at, until);
    }

    private void Write(string bases)
    {
        Begin();
        writer!.Write(bases);
    }
}
