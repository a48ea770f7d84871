namespace PluginHost.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">State name.</param>
/// <param name="Type">The format's type name: F32, BF16, I64, ...</param>
/// <param name="Shape">Axis sizes; empty for a scalar.</param>
/// <param name="Start">First byte, counted from the start of the data.</param>
/// <param name="End">One past the last byte.</param>
public sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Start, long End);
