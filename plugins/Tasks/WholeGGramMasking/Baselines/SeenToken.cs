namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>What a token that stands at a scored position tells: it was kept, or drawn in place of another.</summary>
/// <param name="Keep">Probability that a hidden token is kept.</param>
/// <param name="Replace">Probability that it is replaced by one given token.</param>
internal readonly record struct SeenToken(double Keep, double Replace)
{
    /// <summary>The posterior of a label (Bayes) when a token is seen.</summary>
    /// <param name="label">Probability of the label before.</param>
    /// <param name="same">Whether the token seen is the label.</param>
    /// <param name="seen">Probability, before, that the token seen is the label.</param>
    public double Posterior(double label, bool same, double seen) => label * (Replace + (same ? Keep : 0)) / (Replace + seen * Keep);

    /// <summary>Whether the token seen is likelier than another.</summary>
    public bool Wins(double seen, double other) => seen * (Keep + Replace) > other * Replace;
}
