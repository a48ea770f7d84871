using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Pipelines.Sweeps;

/// <summary>One combination of a sweep.</summary>
/// <param name="Factors">What sets it apart.</param>
/// <param name="NameParts">What its name is put together from.</param>
/// <param name="Changes">Put its values into the document.</param>
internal sealed record SweepPoint(IReadOnlyList<Factor> Factors, IReadOnlyList<string> NameParts, IReadOnlyList<Action<MapNode>> Changes)
{
    /// <summary>Nothing set apart.</summary>
    public static readonly SweepPoint Whole = new([], [], []);

    /// <summary>Name of its run folder.</summary>
    public string Name { get; init; } = string.Join('_', NameParts);

    /// <summary>The same with one more value.</summary>
    public SweepPoint With(Factor factor, string namePart, Action<MapNode> change) =>
        new([.. Factors, factor], [.. NameParts, namePart], [.. Changes, change]);

    /// <summary>
    /// Puts its values into a document: shares last, so that what is cut is the training part of a fold and not what is dealt out to folds.
    /// </summary>
    public void Change(MapNode root)
    {
        foreach (var (_, change) in Factors.Zip(Changes).OrderBy(f => f.First.Kind == FactorKind.Subset)) change(root);
    }
}
