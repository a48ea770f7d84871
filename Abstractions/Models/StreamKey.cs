namespace PluginHost;

/// <summary>A named output of a backbone.</summary>
/// <param name="Name">What heads read it by.</param>
/// <param name="Axes">Axis names, outermost first; D is the hidden size.</param>
public sealed record StreamKey(string Name, string Axes)
{
    /// <summary>Hidden state of each token after the last layer.</summary>
    public static readonly StreamKey Hidden = new("hidden", "B T D");

    /// <summary>One vector per sequence as the architecture defines it (BERT: dense and tanh over [CLS]).</summary>
    public static readonly StreamKey Pooled = new("pooled", "B D");

    /// <summary>Hidden state of each decoder token.</summary>
    public static readonly StreamKey Decoder = new("decoder", "B U D");
}
