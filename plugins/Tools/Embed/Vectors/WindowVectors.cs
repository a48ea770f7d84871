using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

/// <summary>What is kept of one window until those before it have been written.</summary>
/// <param name="Id">The sequence's name.</param>
/// <param name="Places">Where what each vector stands for lies; of a sequence, one.</param>
/// <param name="Values">The vectors one behind the other, "N D"; of a sequence, the sum over what <paramref name="Weight"/> counts.</param>
/// <param name="Weight">How many states a sequence's vector is the sum of.</param>
internal sealed record WindowVectors(string Id, IReadOnlyList<VectorPlace> Places, float[] Values, long Weight);
