using PluginHost.Checkpoints;

namespace PluginHost.Host.Models.Checkpoints.Containers;

using static TorchSharp.torch;

/// <summary>One safetensors file.</summary>
internal sealed class SafetensorsCheckpoint : Checkpoint
{
    private readonly SafetensorsFile file;

    /// <exception cref="DataException">The file breaks the format, or has a tensor of a type libtorch has not.</exception>
    public SafetensorsCheckpoint(string path)
    {
        file = SafetensorsFile.Open(path);
        try
        {
            Tensors = [.. file.Entries.Select(e => new CheckpointTensor(e.Name, SafetensorsFile.TypeOf(e.Type)
                ?? throw new DataException(
                    $"'{path}': tensor '{e.Name}' has type {e.Type}, which is not supported; convert it to F32 or BF16."), e.Shape))];
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<CheckpointTensor> Tensors { get; }

    public override string Container => "safetensors";

    public override Tensor Read(string name) => file.Read(name);

    public override void Dispose() => file.Dispose();
}
