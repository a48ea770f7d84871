using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Haplotypes;

namespace PluginHost.Plugins.Population.Input;

/// <summary>Reads sets of haplotypes and holds them to the same SNPs.</summary>
/// <param name="options">Validated.</param>
/// <param name="context">Is told progress and what was left out.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class SetReader(CompareOptions options, ToolContext context, CancellationToken cancellation)
{
    private (string From, int Width)? first;
    private string? sitesFrom;

    /// <summary>The SNPs; null where no file names them.</summary>
    public IReadOnlyList<HaplotypeSite>? Sites { get; private set; }

    /// <summary>Takes the SNPs of a legend.</summary>
    public void Legend(string path) => (Sites, sitesFrom) = (LegendFile.Read(path), DataFile.Show(path));

    /// <summary>Files as one set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="paths">At least one.</param>
    /// <param name="number">For chance: each set of its own.</param>
    /// <exception cref="DataException">A file is malformed, has other SNPs than those before, or there is one haplotype.</exception>
    public HaplotypeSet Read(string name, IReadOnlyList<string> paths, ulong number)
    {
        List<HaplotypeRows> parts = [];
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = VcfHaplotypes.IsNamed(path) ? OfVcf(path) : HaplotypeFile.Read(path);
            Check(part, DataFile.Show(path));
            parts.Add(part);
        }
        var bits = new BitMatrix(parts.Sum(p => p.Bits.Rows), parts[0].Bits.Columns);
        var row = 0;
        foreach (var part in parts)
            for (var i = 0; i < part.Bits.Rows; i++) part.Bits.Row(i).CopyTo(bits.Row(row++));
        if (bits.Rows < 2)
            throw new DataException($"{DataFile.Show(paths[0])} holds a single haplotype; a distribution needs two or more.");
        return new(name, bits, [.. parts.SelectMany(p => p.Names)], new(options.Seed, number, 0x5E7));
    }

    private HaplotypeRows OfVcf(string path) => VcfHaplotypes.Read(path, new()
    {
        Region = options.Region is { } region ? Stretch.TryParse(region) : null, Unphased = options.Unphased, Seed = options.Seed,
        PassOnly = options.PassOnly,
    }, read =>
    {
        if (read.LeftOut.Sentence is { } left) context.Say($"{DataFile.Show(path)}: {left}");
    }, context.Progress, cancellation);

    private void Check(HaplotypeRows part, string from)
    {
        first ??= (from, part.Bits.Columns);
        if (part.Bits.Columns != first.Value.Width)
            throw new DataException($"{from} has {Wording.Counted(part.Bits.Columns, "SNP")}, {first.Value.From} has "
                + $"{first.Value.Width:N0}; haplotypes are compared on the same SNPs in the same order.");
        if (Sites is not null && Sites.Count != part.Bits.Columns)
            throw new DataException($"{sitesFrom} names {Wording.Counted(Sites.Count, "SNP")}, but the haplotypes of {from} have "
                + $"{part.Bits.Columns:N0}; give the legend of these.");
        if (part.Sites is null) return;
        if (Sites is null) (Sites, sitesFrom) = (part.Sites, from);
        for (var i = 0; i < part.Sites.Count; i++)
            if (part.Sites[i] != Sites[i])
                throw new DataException($"SNP {i + 1:N0} is {part.Sites[i]} in {from}, but {Sites[i]} in {sitesFrom}; haplotypes are "
                    + "compared on the same SNPs in the same order.");
    }
}
