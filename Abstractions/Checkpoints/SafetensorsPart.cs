namespace PluginHost.Checkpoints;

using static TorchSharp.torch;

/// <summary>A tensor to be written, not yet in memory.</summary>
/// <param name="Name">State name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Axis sizes; empty for a scalar.</param>
/// <param name="Fetch">Gives the tensor: on the CPU, contiguous, of that type and shape. It is disposed once written.</param>
public sealed record SafetensorsPart(string Name, ScalarType Type, IReadOnlyList<long> Shape, Func<Tensor> Fetch);
