namespace PluginHost.Libs.Blocks.Positions;

/// <summary>What a learned position table starts from.</summary>
public enum PositionStart
{
    /// <summary>Draws from a normal distribution, as published.</summary>
    Normal,

    /// <summary>Sinusoids (Vaswani et al. 2017, 3.5).</summary>
    Sinusoidal,
}
