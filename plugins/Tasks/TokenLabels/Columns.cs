namespace PluginHost.Plugins.TokenLabels;

using static TorchSharp.torch;

/// <summary>Columns of this objective's own. Axes: M labelled bases or tokens, W most tokens over one of them.</summary>
internal static class Columns
{
    /// <summary>Indices into the flattened [B*T] positions of the tokens over each item; any where <see cref="Shares"/> is 0.</summary>
    public static readonly BatchKey Tokens = new("label_tokens", ScalarType.Int64, "M W");

    /// <summary>The share of each of these tokens: they sum to 1.</summary>
    public static readonly BatchKey Shares = new("label_shares", ScalarType.Float32, "M W");

    /// <summary>Class of each item, or <see cref="Keys.Ignore"/>.</summary>
    public static readonly BatchKey Classes = new("label_classes", ScalarType.Int64, "M");

    /// <summary>Row, first base and one past the last base of each item.</summary>
    public static readonly BatchKey Places = new("label_places", ScalarType.Int64, "M P");
}
