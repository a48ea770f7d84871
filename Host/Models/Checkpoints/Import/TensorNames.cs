using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Models.Checkpoints.Import;

/// <summary>The names of a checkpoint without what training programs wrap around all of them.</summary>
internal sealed class TensorNames
{
    /// <summary>What data-parallel, compiled and Lightning models put before every name.</summary>
    private static readonly string[] wrappers = ["module.", "_orig_mod.", "model."];

    private readonly Checkpoint checkpoint;
    private readonly string wrapper = "";

    /// <param name="checkpoint">Whose.</param>
    public TensorNames(Checkpoint checkpoint)
    {
        this.checkpoint = checkpoint;
        while (checkpoint.Tensors.Count > 0
            && Array.Find(wrappers, w =>
            checkpoint.Tensors.All(t => t.Name.StartsWith(wrapper + w, StringComparison.Ordinal))) is { } found)
            wrapper += found;
        Tensors = [.. checkpoint.Tensors.Select(t => t with { Name = t.Name[wrapper.Length..] })];
        Notes = wrapper.Length == 0 ? checkpoint.Notes : [.. checkpoint.Notes, $"'{wrapper}' before every name was taken off."];
    }

    /// <summary>The tensors under their plain names.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads a tensor by its plain name.</summary>
    public TorchSharp.torch.Tensor Read(string name) => checkpoint.Read(wrapper + name);
}
