using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs; nothing is accumulated in leaves.</summary>
        /// <param name="grad_outputs">The "vector" of the vector-Jacobian product; null for scalar outputs.</param>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            var from = Handles(outputs);
            var to = Handles(inputs);
            var seeds = grad_outputs is null ? null : Handles(grad_outputs);
            var results = new nint[to.Length];
            fixed (nint* o = from, i = to, g = seeds, r = results)
            {
                Errors.Check(Native.ts_grad(o, from.Length, i, to.Length, g, retain_graph ? 1 : 0, create_graph ? 1 : 0,
                    allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, static handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Accumulates the gradients of tensors in the leaves of their graphs, or in inputs alone.</summary>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var from = Handles(tensors);
            var seeds = grad_tensors is null ? null : Handles(grad_tensors);
            var leaves = inputs is null ? [] : Handles(inputs);
            fixed (nint* t = from, g = seeds, i = leaves)
            {
                Errors.Check(Native.ts_backward(t, from.Length, g, retain_graph is { } keep ? (keep ? 1 : 0) : -1,
                    create_graph ? 1 : 0, i, leaves.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>Until disposed, a backward pass that makes NaN throws and names the function that made it.</summary>
        public static IDisposable detect_anomaly(bool check_nan = true) => new AnomalyMode(true);

        public static IDisposable set_detect_anomaly(bool mode, bool check_nan = true) => new AnomalyMode(mode);

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
            return handles;
        }
    }
}

/// <summary>Anomaly detection until disposed.</summary>
public sealed class AnomalyMode : IDisposable
{
    private readonly int previous = Native.ts_anomaly_mode();

    public AnomalyMode(bool enabled, bool check_nan = true) => Native.ts_set_anomaly_mode(enabled ? 1 : 0);

    public void Dispose() => Native.ts_set_anomaly_mode(previous);
}
