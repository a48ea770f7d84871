namespace PluginHost.Plugins.ConvEncoder;

/// <summary>How a token's place in its sequence is known.</summary>
public enum Places
{
    /// <summary>Only from where it stands to others and to the ends.</summary>
    Relative,

    /// <summary>Also by itself, counted from the first token: for windows in which what is looked for is always at one place.</summary>
    Absolute,
}
