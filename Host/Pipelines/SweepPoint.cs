using PluginHost.Host.Pipelines.Documents;

namespace PluginHost.Host.Pipelines;

/// <summary>One combination of a sweep.</summary>
/// <param name="Factors">What sets it apart.</param>
/// <param name="NameParts">What its name is put together from.</param>
/// <param name="Change">Puts its values into the document.</param>
internal sealed record SweepPoint(IReadOnlyList<Factor> Factors, IReadOnlyList<string> NameParts, Action<MapNode> Change)
{
    /// <summary>Nothing set apart.</summary>
    public static readonly SweepPoint Whole = new([], [], _ => { });

    /// <summary>Name of its run folder.</summary>
    public string Name { get; init; } = string.Join('_', NameParts);

    /// <summary>The same with one more value.</summary>
    public SweepPoint With(Factor factor, string namePart, Action<MapNode> change) =>
        new([.. Factors, factor], [.. NameParts, namePart], root => { Change(root); change(root); });
}
