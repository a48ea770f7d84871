namespace PluginHost.Plugins.MultiTaskDna;

using static TorchSharp.torch;

/// <summary>Columns of this objective's own.</summary>
internal static class Columns
{
    /// <summary>True where an asked position is the answer of the order task, false where it is a next token.</summary>
    public static readonly BatchKey IsOrder = new("positions_of_order", ScalarType.Bool, "M");
}
