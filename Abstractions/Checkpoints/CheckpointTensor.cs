namespace PluginHost.Checkpoints;

using static TorchSharp.torch;

/// <summary>What a checkpoint says about one of its tensors.</summary>
/// <param name="Name">As written in the file, without wrappers around the whole state.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Axis sizes; empty for a scalar.</param>
public sealed record CheckpointTensor(string Name, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>For messages: <c>F32 [4101, 768]</c> reads <c>Float32 [4101, 768]</c>.</summary>
    public string Describe() => $"{Type} [{string.Join(", ", Shape)}]";
}
