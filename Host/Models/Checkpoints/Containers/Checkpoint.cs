using PluginHost.Checkpoints;

namespace PluginHost.Host.Models.Checkpoints.Containers;

using static TorchSharp.torch;

/// <summary>Tensors in one or more files, read one at a time: what is not asked for is never in memory.</summary>
public abstract class Checkpoint : IDisposable
{
    /// <summary>What it holds, under the names of the file.</summary>
    public abstract IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>Its container, for the user: "safetensors".</summary>
    public abstract string Container { get; }

    /// <summary>Things in the file that are no tensors and were passed over, in words.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Reads a tensor to the CPU, contiguous. The caller disposes it.</summary>
    /// <exception cref="DataException">There is no such tensor, its bytes are damaged, or its type is not supported.</exception>
    public abstract Tensor Read(string name);

    /// <inheritdoc/>
    public abstract void Dispose();
}
