using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How a loss is reduced to its result.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Ops.one_hot.Call(x, num_classes);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode is PaddingModes.Constant or PaddingModes.Zeros
                    ? Ops.constant_pad_nd.Call(input, pad, value)
                    : Ops.pad.Call(input, pad, mode.ToString().ToLowerInvariant());

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                var length = Ops.norm__ScalarOpt_dim.Call(input, p, dim, true).clamp_min(eps);
                return (input / length).MoveToOuterDisposeScope();
            }

            /// <summary>softmax(query keyᵀ / sqrt(E) + mask) value.</summary>
            /// <param name="query">Axes: ..., L, E.</param>
            /// <param name="key">Axes: ..., S, E.</param>
            /// <param name="value">Axes: ..., S, Ev.</param>
            /// <param name="attn_mask">Boolean (true takes part) or added to the scores; broadcast to ..., L, S.</param>
            /// <param name="p">Dropout probability.</param>
            /// <param name="is_casual">Whether position i sees positions up to i only; excludes a mask.</param>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                double p = 0.0, bool is_casual = false)
            {
                if (p < 0) throw new ArgumentException("Dropout probability must be greater than or equal to zero.");
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Casual attention masking cannot pass a mask.");
                return Ops.scaled_dot_product_attention.Exists
                    ? Ops.scaled_dot_product_attention.Call(query, key, value, attn_mask, p, is_casual)
                    : Attention(query, key, value, attn_mask, p, is_casual);
            }

            private static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using var scope = NewDisposeScope();
                // The smaller factor is scaled, and a boolean mask becomes one to add: addition needs no pass of its own back.
                var scores = (query * (1 / Math.Sqrt(query.size(-1)))).matmul(key.transpose(-2, -1));
                if (causal) mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                if (mask?.dtype == ScalarType.Bool)
                    mask = zeros(mask.shape, scores.dtype, scores.device).masked_fill_(mask.logical_not(), double.NegativeInfinity);
                if (mask is not null) scores = scores + mask;
                var weights = scores.softmax(-1);
                if (p > 0) weights = dropout(weights, p);
                return weights.to(value.dtype).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
