namespace PluginHost.Plugins.MultiTaskDna;

using static TorchSharp.torch;

/// <summary>Columns of this objective's own.</summary>
internal static class Columns
{
    /// <summary>Whether a row's sequence runs backwards, whatever is asked of it.</summary>
    public static readonly BatchKey IsFlipped = new("is_flipped", ScalarType.Bool, "B");

    /// <summary>True where an asked position is the answer of the order task, false where it is a next token.</summary>
    public static readonly BatchKey IsOrder = new("positions_of_order", ScalarType.Bool, "M");
}
