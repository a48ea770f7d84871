namespace PluginHost;

using static TorchSharp.torch;

/// <summary>
/// The streams of one forward pass. A stream given as a function is computed when first read, so an unused pooler costs nothing.
/// </summary>
public sealed class BackboneOutput
{
    private readonly Dictionary<string, Lazy<Tensor>> streams = [];

    /// <summary>A stream.</summary>
    /// <exception cref="PluginException">The backbone does not offer it.</exception>
    public Tensor this[StreamKey stream] => streams.TryGetValue(stream.Name, out var tensor)
        ? tensor.Value
        : throw new PluginException($"The backbone has no stream '{stream.Name}'; it has: {string.Join(", ", streams.Keys)}.");

    /// <summary>Before the first layer and after each, "B T D"; empty unless asked for.</summary>
    public IReadOnlyList<Tensor> HiddenStates { get; init; } = [];

    /// <summary>Attention probabilities of each layer, "B H T T"; empty unless asked for.</summary>
    public IReadOnlyList<Tensor> Attentions { get; init; } = [];

    /// <summary>Whether a stream is there already: given as a tensor, or read before.</summary>
    public bool IsComputed(StreamKey stream) => streams.TryGetValue(stream.Name, out var tensor) && tensor.IsValueCreated;

    /// <summary>Adds a stream.</summary>
    public BackboneOutput Set(StreamKey stream, Tensor tensor)
    {
        streams[stream.Name] = new(tensor);
        return this;
    }

    /// <summary>Adds a stream that is computed when first read.</summary>
    public BackboneOutput Set(StreamKey stream, Func<Tensor> compute)
    {
        streams[stream.Name] = new(compute, LazyThreadSafetyMode.None);
        return this;
    }
}
