using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors looked up by index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter? _weight;
        private readonly long? paddingIndex;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleGradByFreq;
        private readonly bool isSparse;

        internal Embedding(Parameter weight, long? paddingIndex, double? maxNorm, double normType, bool scaleGradByFreq,
            bool isSparse) : base(nameof(Embedding))
        {
            this.paddingIndex = paddingIndex is < 0 ? paddingIndex + weight.shape[0] : paddingIndex;
            this.maxNorm = maxNorm;
            this.normType = normType;
            this.scaleGradByFreq = scaleGradByFreq;
            this.isSparse = isSparse;
            this.weight = weight;
        }

        /// <summary>Axes: embeddings, dimensions.</summary>
        [System.Diagnostics.CodeAnalysis.DisallowNull]
        public Parameter? weight
        {
            get => _weight;
            set
            {
                ConditionallyRegisterParameter(nameof(weight), value);
                _weight = (Parameter)value.DetachFromDisposeScope();
            }
        }

        public override Tensor forward(Tensor input) =>
            nn.functional.embedding(input, _weight!, paddingIndex, maxNorm, normType, scaleGradByFreq, isSparse);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="padding_idx">An entry that is zero at first and gets no gradient.</param>
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
                Device? device = null, ScalarType? dtype = null)
            {
                var table = init.normal_(empty(num_embeddings, embedding_dims, dtype, device));
                if (padding_idx is { } padding)
                {
                    using var row = table.select(0, padding);
                    _ = row.zero_();
                }

                return new(new Parameter(table), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(new Parameter(embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true), !freeze),
                    padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

            public static partial class functional
            {
                internal static Tensor embedding(Tensor input, Tensor weight, long? padding_idx, double? max_norm,
                    double norm_type, bool scale_grad_by_freq, bool sparse)
                {
                    if (max_norm is { } limit)
                    {
                        using var frozen = no_grad();
                        PluginHost.Torch.Interop.Ops.embedding_renorm_.Run(weight, input.contiguous(), limit, norm_type);
                    }

                    return PluginHost.Torch.Interop.Ops.embedding.Call(weight, input, padding_idx ?? -1, scale_grad_by_freq, sparse);
                }
            }
        }
    }
}
