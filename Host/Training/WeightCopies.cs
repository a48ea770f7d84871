using PluginHost.Host.Models;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>
/// A model's weights as they are now, to go back to. No dispose scope holds them, lest it take what training makes and keeps.
/// </summary>
internal sealed class WeightCopies : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Copy)> all;

    public WeightCopies(TaskModel model)
    {
        using var scope = NewDisposeScope();
        all = [.. model.State().Select(s => (s.Tensor, s.Tensor.detach().clone().DetachFromDisposeScope()))];
    }

    public void Restore()
    {
        using var _ = no_grad();
        foreach (var (weight, copy) in all) weight.copy_(copy);
    }

    public void Dispose()
    {
        foreach (var (_, copy) in all) copy.Dispose();
    }
}
