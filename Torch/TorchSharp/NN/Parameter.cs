using PluginHost.Torch.Interop;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. Takes over the tensor it is made from, which becomes empty.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(Take(data, requires_grad))
    {
        var scope = data.OwningDisposeScope;
        if (!ReferenceEquals(scope, OwningDisposeScope))
        {
            _ = DetachFromDisposeScope();
            scope?.Attach(this);
        }

        data.Dispose();
    }

    private static nint Take(torch.Tensor data, bool requiresGrad)
    {
        var leaf = Errors.Check(Native.ts_parameter(data.Handle, requiresGrad ? 1 : 0));
        GC.KeepAlive(data);
        return leaf;
    }
}
