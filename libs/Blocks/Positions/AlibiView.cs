namespace PluginHost.Libs.Blocks.Positions;

/// <summary>Which tokens a head with linear biases looks at.</summary>
public enum AlibiView
{
    /// <summary>
    /// Every head looks both ways with one penalty for either side, as DNABERT-2 and Genomics-FM: the order of tokens shows only by the
    /// distance from the sequence's ends.
    /// </summary>
    Symmetric,

    /// <summary>
    /// Heads take turns in looking to the left only and to the right only, with the slopes of half as many heads: what precedes a token is
    /// told from what follows it.
    /// </summary>
    Directed,
}
