using PluginHost.Torch.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>How a convolution's output size relates to its input's.</summary>
    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What convolutions of every rank share.</summary>
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter _weight;
        [ComponentName(Name = nameof(bias))] private Parameter? _bias;

        private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride,
            long[]? padding, Padding? padding_type, long[] dilation, PaddingModes padding_mode, long groups, bool bias,
            Device? device, ScalarType? dtype) : base(name)
        {
            if (in_channels % groups != 0) throw new ArgumentException("in_channels must be divisible by groups");
            if (out_channels % groups != 0) throw new ArgumentException("out_channels must be divisible by groups");
            this.in_channels = in_channels;
            this.out_channels = out_channels;
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.padding_type = padding_type;
            this.dilation = dilation;
            this.padding_mode = padding_mode;
            this.groups = groups;
            _weight = Own(nameof(weight), empty([out_channels, in_channels / groups, .. kernel_size], dtype, device).AsParameter());
            _ = nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
            if (!bias) return;
            _bias = Own(nameof(bias), empty([out_channels], dtype, device).AsParameter());
            var (fanIn, _) = nn.init.CalculateFanInAndFanOut(_weight);
            var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
            _ = nn.init.uniform_(_bias, -bound, bound);
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; }

        public long[] stride { get; }

        public long[]? padding { get; }

        public Padding? padding_type { get; }

        public long[] dilation { get; }

        public PaddingModes padding_mode { get; }

        public long groups { get; }

        /// <summary>Axes: out channels, in channels / groups, kernel.</summary>
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

        private protected Tensor Run(Op op, Op opPadding, Tensor input)
        {
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = nn.functional.pad(input, Around(), padding_mode);
                return op.Call(padded, _weight, _bias, stride, new long[kernel_size.Length], dilation, groups);
            }

            return padding_type is { } type
                ? opPadding.Call(input, _weight, _bias, stride, type == Padding.Same ? "same" : "valid", dilation, groups)
                : op.Call(input, _weight, _bias, stride, padding, dilation, groups);
        }

        // Both sides of every axis, the last axis first, as pad wants them.
        private long[] Around()
        {
            var sides = new long[kernel_size.Length * 2];
            for (var axis = 0; axis < kernel_size.Length; axis++)
            {
                var at = 2 * (kernel_size.Length - 1 - axis);
                if (padding is not null) sides[at] = sides[at + 1] = padding[axis];
                else if (padding_type == Padding.Same)
                {
                    var total = dilation[axis] * (kernel_size[axis] - 1);
                    sides[at] = total / 2;
                    sides[at + 1] = total - (total / 2);
                }
            }

            return sides;
        }

        private Parameter Own(string key, Parameter value)
        {
            ConditionallyRegisterParameter(key, value);
            return (Parameter)value.DetachFromDisposeScope();
        }
    }
}
