namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>What a stretch's values are together: bases, least, most, sum and sum of squares.</summary>
internal sealed class BigWigSummary
{
    /// <summary>Bases that have a value.</summary>
    public long Bases { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    public double Sum { get; private set; }

    public double Squares { get; private set; }

    public void Add(long bases, double value)
    {
        Bases += bases;
        (Least, Most) = (Math.Min(Least, value), Math.Max(Most, value));
        Sum += bases * value;
        Squares += bases * value * value;
    }

    /// <summary>As the file's own summary has it, in double precision.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write((ulong)Bases);
        foreach (var number in (double[])[Bases > 0 ? Least : 0, Bases > 0 ? Most : 0, Sum, Squares]) writer.Write(number);
    }
}
