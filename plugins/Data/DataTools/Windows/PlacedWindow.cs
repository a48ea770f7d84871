using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>A stretch of a strand.</summary>
/// <param name="Start">0-based on the forward strand; may lie before the chromosome.</param>
/// <param name="End">Half-open; may lie beyond it.</param>
/// <param name="IsReverse">Whether it is read from the reverse strand.</param>
internal readonly record struct PlacedWindow(long Start, long End, bool IsReverse)
{
    /// <summary>Lays a window around an anchor of a feature. A feature without strand is read forward.</summary>
    public static PlacedWindow Around(Feature feature, Anchor anchor, WindowShape shape)
    {
        var reverse = feature.Strand == '-';
        if (anchor == Anchor.Whole) return new(feature.Start + shape.From, feature.End + shape.To, reverse);
        // Offset 0 counted along the feature's own strand from its 5' end.
        var along = anchor switch
        {
            Anchor.End => feature.Length - 1,
            Anchor.Center => feature.Length / 2,
            Anchor.Acceptor => feature.Length,
            _ => 0,
        };
        var zero = reverse ? feature.End - 1 - along : feature.Start + along;
        return reverse ? new(zero - shape.To, zero - shape.From + 1, true) : new(zero + shape.From, zero + shape.To + 1, false);
    }

    /// <summary>Whether it lies within a record.</summary>
    public bool Fits(FastaRecord record) => Start >= 0 && End <= record.Length;

    /// <summary>Its bases; N stands for what is beyond the chromosome.</summary>
    public string Read(FastaFile genome, FastaRecord record)
    {
        var (from, to) = (Math.Clamp(Start, 0, record.Length), Math.Clamp(End, 0, record.Length));
        var inside = to > from ? genome.Read(record, from, (int)(to - from)) : "";
        var padded = inside.Length == End - Start ? inside
            : new string('N', (int)(from - Start)) + inside + new string('N', (int)(End - to));
        return IsReverse ? Iupac.ReverseComplement(padded) : padded;
    }

    /// <summary><c>chr2R:100-400(+)</c>: 0-based, half-open.</summary>
    public string Name(string chromosome) => $"{chromosome}:{Start}-{End}({(IsReverse ? '-' : '+')})";
}
