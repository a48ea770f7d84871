namespace PluginHost.Plugins.TokenLabels;

/// <summary>What is given a class.</summary>
public enum Level
{
    /// <summary>
    /// Every base: its scores are the mean over the tokens that cover it, so a model over long tokens gives all their bases one class.
    /// </summary>
    Base,

    /// <summary>Every token that covers bases: its class follows from theirs.</summary>
    Token,
}

/// <summary>Which of its bases' classes a token has.</summary>
public enum TokenClass
{
    /// <summary>The first that is not the background, else the background.</summary>
    Any,

    /// <summary>The most frequent; the first of them where several are.</summary>
    Majority,

    /// <summary>
    /// That of the base in the middle, the left one of two: with overlapping k-mers each base is the middle of one token.
    /// </summary>
    Centre,

    /// <summary>That of the first base.</summary>
    First,
}
