using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>A score by its name.</summary>
/// <param name="Name">Letters, digits and underscores.</param>
/// <param name="Formula">What it is, in a sentence for headers.</param>
internal sealed record ScoreColumn(string Name, string Formula);

/// <summary>Computes scores of variants.</summary>
internal interface IVariantScorer
{
    /// <summary>What it computes.</summary>
    IReadOnlyList<ScoreColumn> Columns { get; }

    /// <summary>The scores of each pair, by column. What pairs have in common is computed once.</summary>
    double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation);
}
