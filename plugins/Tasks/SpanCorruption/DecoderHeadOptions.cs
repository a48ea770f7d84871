using System.ComponentModel;

namespace PluginHost.Plugins.SpanCorruption;

/// <summary>Options of <c>decoder-head</c>.</summary>
public sealed class DecoderHeadOptions
{
    /// <summary>Shares the matrix with the token embedding.</summary>
    [Description("Share the matrix with the token embedding, as the first T5; T5 1.1 and ByT5 have one of their own.")]
    public bool Tied { get; set; }
}
