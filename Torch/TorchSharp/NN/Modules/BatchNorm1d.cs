using PluginHost.Torch.Interop;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Batch normalisation (Ioffe &amp; Szegedy 2015). Input axes: N, C or N, C, L.</summary>
    public sealed class BatchNorm1d : nn.Module<Tensor, Tensor>
    {
        internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
            Device? device, ScalarType? dtype) : base(nameof(BatchNorm1d))
        {
            this.num_features = num_features;
            this.eps = eps;
            this.momentum = momentum;
            this.affine = affine;
            this.track_running_stats = track_running_stats;
            if (affine)
            {
                register_parameter("weight", ones([num_features], dtype, device).AsParameter());
                register_parameter("bias", zeros([num_features], dtype, device).AsParameter());
            }

            if (!track_running_stats) return;
            register_buffer("running_mean", zeros([num_features], dtype, device));
            register_buffer("running_var", ones([num_features], dtype, device));
            register_buffer("num_batches_tracked", zeros([], ScalarType.Int64, device));
        }

        public long num_features { get; }

        public double eps { get; set; }

        /// <summary>The weight of a batch in the running statistics; null: their plain mean.</summary>
        public double? momentum { get; set; }

        public bool affine { get; }

        public bool track_running_stats { get; }

        public Parameter? weight => get_parameter("weight");

        public Parameter? bias => get_parameter("bias");

        public Tensor? running_mean => get_buffer("running_mean");

        public Tensor? running_var => get_buffer("running_var");

        public override Tensor forward(Tensor input)
        {
            var factor = momentum ?? 0;
            if (training && get_buffer("num_batches_tracked") is { } seen)
            {
                _ = seen.add_(1);
                if (momentum is null) factor = 1.0 / seen.item<long>();
            }

            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias,
                training || running_mean is null, factor, eps);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1,
                bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static partial class functional
            {
                public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var,
                    Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                    Ops.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, false);

                public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null,
                    double eps = 1e-5) => Ops.group_norm.Call(input, num_groups, weight, bias, eps, false);
            }
        }
    }
}
