namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A window with one allele, and where in it that lies.</summary>
/// <param name="Sequence">Its bases.</param>
/// <param name="Start">First base of the allele.</param>
/// <param name="Length">Bases of the allele; 0 where it is taken out.</param>
public sealed record AlleleWindow(string Sequence, int Start, int Length)
{
    /// <summary>The same on the other strand.</summary>
    public AlleleWindow Turned() => new(Iupac.ReverseComplement(Sequence), Sequence.Length - Start - Length, Length);

    /// <summary>Whether a token covers the allele, or of one taken out the bases on both sides of the gap.</summary>
    public bool Touches(BaseSpan span) => Length > 0 ? span.Start < Start + Length && Start < span.End
        : span.Start < Start && Start < span.End;
}

/// <summary>The windows of an allele, with the same bases around.</summary>
/// <param name="Reference">With the reference allele.</param>
/// <param name="Alternative">With the alternative.</param>
public sealed record WindowPair(AlleleWindow Reference, AlleleWindow Alternative)
{
    /// <summary>The genome's record they lie on.</summary>
    public string Chromosome { get; init; } = "";

    /// <summary>Their first base there, 0-based.</summary>
    public long Start { get; init; }

    /// <summary>The same on the other strand.</summary>
    public WindowPair Turned() => this with { Reference = Reference.Turned(), Alternative = Alternative.Turned() };
}
