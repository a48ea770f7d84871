using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

public sealed partial class FusedAdamW
{
    /// <summary>
    /// One step on the gradients as they are: nothing is scaled, clipped or looked at (<see cref="Gradients.Clip"/> does that).
    /// </summary>
    public void Update()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var ready = WithGradients();
        if (ready.Count == 0) return;
        foreach (var (entry, _, _) in ready) entry.Prepare();
        if (!Fits(ready)) RunComposite(ready, double.PositiveInfinity, 1);
        else if (ready[0].Entry.Parameter.is_cuda) UpdateOnCuda(ready, null, null);
        else UpdateOnCpu(ready, ready.ConvertAll(static r => r.Grad.contiguous()), null);
    }
}
