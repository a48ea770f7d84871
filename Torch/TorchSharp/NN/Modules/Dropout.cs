using PluginHost.Torch.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Zeroes elements with probability p during training and scales the rest by 1 / (1 - p).</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace) : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public double p { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>
                /// On the CPU the mask comes from a seed drawn from the default generator, by all threads at once: libtorch's
                /// operator draws it element by element on one thread.
                /// </summary>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                    inplace ? Ops.dropout_.InPlace(input, input, p, training).alias()
                    : training && p is > 0 and <= 1 && HasSeededDropout(input) ? SeededDropout(input, p, (long)Native.ts_random64())
                    : Ops.dropout.Call(input, p, training);

                internal static bool HasSeededDropout(Tensor input) =>
                    input.device_type == DeviceType.CPU && input.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

                internal static Tensor SeededDropout(Tensor input, double p, long seed) => Ops.pluginhost_dropout.Call(input, p, seed);
            }
        }
    }
}
