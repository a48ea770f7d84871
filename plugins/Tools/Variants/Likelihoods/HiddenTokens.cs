namespace PluginHost.Plugins.Variants.Likelihoods;

/// <summary>A sequence with some of its tokens hidden, of which some are asked for.</summary>
/// <param name="Encoding">Its tokens.</param>
/// <param name="Hidden">Places of the tokens that are masked, axis T.</param>
/// <param name="Asked">Places of the tokens whose likelihood is wanted, axis A.</param>
internal sealed record HiddenTokens(EncodedSequence Encoding, int[] Hidden, int[] Asked)
{
    /// <summary>What may stand at the asked places, each with axis A: the sequence's own tokens unless others are added.</summary>
    public List<int[]> Candidates { get; } = [[.. Asked.Select(t => Encoding.Ids[t])]];

    /// <summary>Whether a model sees the same of another sequence.</summary>
    public bool LooksLike(EncodedSequence other, int[] hidden)
    {
        if (!Hidden.AsSpan().SequenceEqual(hidden)) return false;
        if (ReferenceEquals(Encoding, other)) return true;
        // Columns beside the ids may tell of what is hidden.
        if (Encoding.Ids.Length != other.Ids.Length || Encoding.Attached.Count > 0 || other.Attached.Count > 0) return false;
        return Enumerable.Range(0, other.Ids.Length).All(t => Encoding.Ids[t] == other.Ids[t] || Hidden.Contains(t));
    }
}
