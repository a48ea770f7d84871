namespace PluginHost.Plugins.Variants.Likelihoods;

/// <summary>A sequence with some of its tokens hidden, of which some are asked for.</summary>
/// <param name="Encoding">Its tokens.</param>
/// <param name="Hidden">Places of the tokens that are masked, axis T.</param>
/// <param name="Asked">Places of the tokens whose likelihood is wanted.</param>
internal sealed record HiddenTokens(EncodedSequence Encoding, int[] Hidden, int[] Asked);
