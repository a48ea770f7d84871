using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>
            /// Scales the gradients so that their joint norm is at most max_norm; returns the norm they had.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                var grads = tensors.Select(static p => p.grad).OfType<Tensor>().ToList();
                if (grads.Count == 0) return 0;
                var norms = grads.Select(g => g.norm((float)norm_type)).ToList();
                var total = stack(norms).norm((float)norm_type).to(ScalarType.Float64).item<double>();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1) foreach (var grad in grads) _ = grad.mul_(factor);
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                foreach (var grad in tensors.Select(static p => p.grad).OfType<Tensor>()) _ = grad.clamp_(-clip_value, clip_value);
            }
        }
    }
}
