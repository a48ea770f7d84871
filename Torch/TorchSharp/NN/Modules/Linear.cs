using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>y = x Wᵀ + b.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter _weight;
        [ComponentName(Name = nameof(bias))] private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias = null) : base(nameof(Linear))
        {
            in_features = weight.shape[1];
            out_features = weight.shape[0];
            _weight = Own(nameof(weight), weight);
            _bias = bias is null ? null : Own(nameof(bias), bias);
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            _weight = Own(nameof(weight), empty(outputSize, inputSize, dtype, device).AsParameter());
            _ = nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
            if (!hasBias) return;
            _bias = Own(nameof(bias), empty(outputSize, dtype, device).AsParameter());
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            _ = nn.init.uniform_(_bias, -bound, bound);
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        /// <summary>Axes: out, in.</summary>
        public Parameter weight
        {
            get => _weight;
            set => _weight = Own(nameof(weight), value);
        }

        public Parameter? bias
        {
            get => _bias;
            set
            {
                ConditionallyRegisterParameter(nameof(bias), value);
                _bias = (Parameter?)value?.DetachFromDisposeScope();
            }
        }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);

        private Parameter Own(string key, Parameter value)
        {
            ConditionallyRegisterParameter(key, value);
            return (Parameter)value.DetachFromDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null,
                ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                    PluginHost.Torch.Interop.Ops.linear.Call(input, weights, bias);
            }
        }
    }
}
