namespace PluginHost.Plugins.MaskedLm;

/// <summary>What a hidden stretch is drawn from.</summary>
public enum StretchOrigin
{
    /// <summary>Bases where a sequence's tokens overlap, tokens where they do not.</summary>
    Auto,

    /// <summary>A base drawn evenly: a token's chance grows with its length. For overlapping k-mers this is the paper's way.</summary>
    Bases,

    /// <summary>A token drawn evenly, whatever its length, as for words in BERT; the stretch starts at its first base.</summary>
    Tokens,
}
