namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// The name, element type and axes of a batch column. Two plugins that never saw each other agree on a column by equal keys.
/// </summary>
/// <param name="Name">Lower case with underscores: <c>input_ids</c>.</param>
/// <param name="Type">Element type of the tensor.</param>
/// <param name="Axes">Axis names separated by spaces, outermost first: <c>"B T"</c>. Equal names have equal sizes across a batch.</param>
public sealed record BatchKey(string Name, ScalarType Type, string Axes)
{
    /// <summary>The axes as a list.</summary>
    public IReadOnlyList<string> AxisNames { get; } = Axes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public bool Equals(BatchKey? other) => other is not null && Name == other.Name && Type == other.Type && Axes == other.Axes;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Axes);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} [{Axes}]";
}
