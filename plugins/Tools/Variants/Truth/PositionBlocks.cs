namespace PluginHost.Plugins.Variants.Truth;

/// <summary>
/// Folds that are blocks of neighbouring positions: windows of neighbours share bases, so that drawn folds would let a baseline look up
/// what it is asked for.
/// </summary>
internal sealed class PositionBlocks
{
    /// <summary>Most blocks.</summary>
    public const int Most = 10;

    private readonly int[] of;

    /// <summary>Cuts alleles, in the order of chromosome and position, into blocks of about as many; a position is in one block.</summary>
    public PositionBlocks(IReadOnlyList<MeasuredAllele> alleles)
    {
        of = new int[alleles.Count];
        Positions =
        [
            .. Enumerable.Range(0, alleles.Count).GroupBy(a => (alleles[a].Chromosome, alleles[a].Position))
                .OrderBy(g => g.Key.Chromosome, StringComparer.Ordinal).ThenBy(g => g.Key.Position).Select(g => g.ToArray()),
        ];
        Count = Math.Min(Most, Positions.Count);
        var before = 0;
        foreach (var position in Positions)
        {
            foreach (var allele in position) of[allele] = (int)((long)before * Count / alleles.Count);
            before += position.Length;
        }
    }

    /// <summary>How many blocks there are.</summary>
    public int Count { get; }

    /// <summary>The alleles of each position.</summary>
    public IReadOnlyList<int[]> Positions { get; }

    /// <summary>The block of an allele.</summary>
    public int this[int allele] => of[allele];

    /// <summary>What a baseline that is fitted to the other blocks says of each allele.</summary>
    /// <param name="fit">Of the alleles to fit to and the block that is left out, gives what it says of an allele.</param>
    public double[] CrossValidate(Func<int[], int, Func<int, double>> fit)
    {
        var said = new double[of.Length];
        foreach (var block in Enumerable.Range(0, Count))
        {
            int[] held = [.. Enumerable.Range(0, of.Length).Where(a => of[a] == block)];
            int[] others = [.. Enumerable.Range(0, of.Length).Where(a => of[a] != block)];
            if (others.Length == 0) return [.. of.Select(_ => double.NaN)];
            var says = fit(others, block);
            foreach (var allele in held) said[allele] = says(allele);
        }
        return said;
    }
}
