using PluginHost.Libs.Files;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Haplotypes as sequences of 0 and 1, one sample each. The file is read when first needed.</summary>
internal sealed class HaplotypeSource : IDataSource
{
    private readonly HaplotypeOptions options;
    private readonly Lazy<IReadOnlyList<Sample>> rows;
    private readonly List<string> leftOut = [];
    private readonly Lazy<IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)>> parts;

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    public HaplotypeSource(HaplotypeOptions options, Func<string, string> resolve)
    {
        this.options = options;
        var path = Path.GetFullPath(resolve(options.Path));
        Files = [path];
        rows = new(() => HaplotypeSamples.Read(path, options, leftOut.Add));
        parts = new(() => RowSplit.Divide(rows.Value,
            new TableOptions { DevShare = options.DevShare, TestShare = options.TestShare, SplitSeed = options.SplitSeed },
            DataFile.Show(path)));
    }

    /// <inheritdoc/>
    public bool IsDivided => options.DevShare + options.TestShare > 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        $"{DataFile.Show(Files[0])}: {Wording.Counted(rows.Value.Count, "haplotype")} of "
            + $"{Wording.Counted(rows.Value[0].Sequence.Length, "SNP")}.",
        .. leftOut,
        .. IsDivided ? [string.Join(", ", parts.Value.Select(p => $"{TableNotes.Name(p.Split)} {p.Samples.Count:N0}")) + "."]
            : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public ISampleSource? Open(Split split) => !IsDivided ? new TableRowSource(rows.Value)
        : parts.Value.FirstOrDefault(p => p.Split == split).Samples is { } found ? new TableRowSource(found) : null;
}
