namespace PluginHost.Libs.Motifs;

/// <summary>How motifs are found.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Fewest bases of a word. Default 5.</summary>
    public int ShortestWord { get; init; } = 5;

    /// <summary>Most bases of a word taken out of a longer region. Default 10.</summary>
    public int LongestWord { get; init; } = 10;

    /// <summary>Bases of the window around a site that the matrix is made of, before its ends are trimmed. Default 24.</summary>
    public int Window { get; init; } = 24;

    /// <summary>Most false discoveries among the words, as a share. Default 0.005.</summary>
    public double MostFalse { get; init; } = 0.005;

    /// <summary>Fewest sites of a motif. Default 3.</summary>
    public int FewestSites { get; init; } = 3;

    /// <summary>Whether a word and its reverse complement are one. Default false.</summary>
    public bool BothStrands { get; init; }

    /// <summary>Bits below which a position at an end of the matrix is trimmed, small samples corrected for. Default 0.25.</summary>
    public double TrimBelow { get; init; } = 0.25;
}
