using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>What the head of a file says.</summary>
/// <param name="Model">Whose states they are.</param>
/// <param name="Layer">Which.</param>
/// <param name="OfTokens">Whether a vector stands for a token.</param>
/// <param name="Pooling">How the vector of a sequence was made.</param>
/// <param name="Width">Axis D.</param>
internal sealed record VectorFacts(string Model, string Layer, bool OfTokens, Pooling Pooling, int Width)
{
    /// <summary>Whether the sequences have places on a genome.</summary>
    public bool Placed { get; init; }

    /// <summary>Whether a vector is the mean of both strands'.</summary>
    public bool BothStrands { get; init; }

    /// <summary>Whether something is said of some sequences.</summary>
    public bool HasNotes { get; init; }

    /// <summary>Names and values, in words.</summary>
    public IReadOnlyList<(string Name, string Value)> Lines =>
    [
        ("model", Model), ("layer", Layer),
        .. OfTokens ? [] : (IReadOnlyList<(string, string)>)[("pooling", $"{Pooling}".ToLowerInvariant())],
        .. BothStrands ? (IReadOnlyList<(string, string)>)[("strands", "mean of both")] : [],
        .. Placed ? [("coordinates", "0-based, half-open, on the chromosome's forward strand")]
            : OfTokens ? (IReadOnlyList<(string, string)>)[("coordinates", "0-based, half-open, in bases of the sequence")] : [],
    ];
}
