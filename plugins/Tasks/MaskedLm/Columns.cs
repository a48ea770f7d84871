namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;

/// <summary>Columns of this objective's own.</summary>
internal static class Columns
{
    /// <summary>True where a scored position's input is [MASK], false where it is a random or the original token.</summary>
    public static readonly BatchKey AtMask = new("positions_at_mask", ScalarType.Bool, "M");
}
