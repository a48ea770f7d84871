using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Another source with a share of its training split: how well a model does with fewer labels. Shares are nested.</summary>
internal sealed class SubsetSource : IDataSource
{
    private readonly SubsetOptions options;
    private readonly IDataSource inner;
    private readonly Lazy<(ISampleSource? Train, IReadOnlyList<string> Notes)> chosen;

    /// <param name="options">Validated.</param>
    /// <param name="inner">What is cut.</param>
    public SubsetSource(SubsetOptions options, IDataSource inner)
    {
        (this.options, this.inner) = (options, inner);
        chosen = new(Choose);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => inner.Files;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [.. inner.Notes, .. chosen.Value.Notes];

    /// <inheritdoc/>
    public bool IsDivided => inner.IsDivided;

    /// <inheritdoc/>
    public ISampleSource? Open(Split split) => split == Split.Train ? chosen.Value.Train : inner.Open(split);

    private (ISampleSource?, IReadOnlyList<string>) Choose()
    {
        if (inner.Open(Split.Train) is not { } all) return (null, []);
        if (options.Percent >= 100) return (all, []);
        var labels = new string?[all.Count];
        for (var i = 0L; i < all.Count; i++) labels[i] = all.Get(i, new SeededRandom(options.SplitSeed, (ulong)i)).Label;
        var rows = NestedShares.Choose(Strata.Of(labels), options.Percent / 100, options.SplitSeed);
        return (new PickedSamples([.. rows.Select(row => (all, (long)row))]),
            [FormattableString.Invariant(
                $"{options.Percent:0.####} % of the training split: {Wording.Counted(rows.Count, "row")} of {all.Count:N0}.")]);
    }
}
