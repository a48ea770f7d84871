namespace PluginHost.Plugins.Variants.Likelihoods;

/// <summary>A window with a stretch hidden, and what stands there.</summary>
/// <param name="Input">What the encoder reads: the tokens around, a sentinel for the stretch, the end.</param>
/// <param name="Target">What the decoder is asked for: the sentinel, the tokens of the stretch, the end.</param>
internal sealed record FilledSpan(int[] Input, int[] Target);
