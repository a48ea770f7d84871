using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Ops.abs.Call(this);
        public Tensor abs_() => Ops.abs_.InPlace(this, this);
        public Tensor absolute() => abs();
        public Tensor absolute_() => abs_();
        public Tensor acos() => Ops.acos.Call(this);
        public Tensor asin() => Ops.asin.Call(this);
        public Tensor atan() => Ops.atan.Call(this);
        public Tensor atan2(Tensor other) => Ops.atan2.Call(this, other);
        public Tensor ceil() => Ops.ceil.Call(this);
        public Tensor ceil_() => Ops.ceil_.InPlace(this, this);
        public Tensor cos() => Ops.cos.Call(this);
        public Tensor cos_() => Ops.cos_.InPlace(this, this);
        public Tensor cosh() => Ops.cosh.Call(this);
        public Tensor erf() => Ops.erf.Call(this);
        public Tensor erf_() => Ops.erf_.InPlace(this, this);
        public Tensor erfc() => Ops.erfc.Call(this);
        public Tensor erfinv() => Ops.erfinv.Call(this);
        public Tensor exp() => Ops.exp.Call(this);
        public Tensor exp_() => Ops.exp_.InPlace(this, this);
        public Tensor exp2() => Ops.exp2.Call(this);
        public Tensor expm1() => Ops.expm1.Call(this);
        public Tensor expm1_() => Ops.expm1_.InPlace(this, this);
        public Tensor floor() => Ops.floor.Call(this);
        public Tensor floor_() => Ops.floor_.InPlace(this, this);
        public Tensor frac() => Ops.frac.Call(this);
        public Tensor lgamma() => Ops.lgamma.Call(this);
        public Tensor digamma() => Ops.digamma.Call(this);
        public Tensor erfinv_() => Ops.erfinv_.InPlace(this, this);
        public Tensor erfc_() => Ops.erfc_.InPlace(this, this);
        public Tensor copysign(Tensor other) => Ops.copysign__Tensor.Call(this, other);
        public Tensor heaviside(Tensor other) => Ops.heaviside.Call(this, other);
        public Tensor log() => Ops.log.Call(this);
        public Tensor log_() => Ops.log_.InPlace(this, this);
        public Tensor log10() => Ops.log10.Call(this);
        public Tensor log1p() => Ops.log1p.Call(this);
        public Tensor log1p_() => Ops.log1p_.InPlace(this, this);
        public Tensor log2() => Ops.log2.Call(this);
        public Tensor logaddexp(Tensor other) => Ops.logaddexp.Call(this, other);
        public Tensor reciprocal() => Ops.reciprocal.Call(this);
        public Tensor reciprocal_() => Ops.reciprocal_.InPlace(this, this);
        public Tensor round(long decimals = 0L) => Ops.round__decimals.Call(this, decimals);
        public Tensor round_(long decimals = 0L) => Ops.round___decimals.InPlace(this, this, decimals);
        public Tensor rsqrt() => Ops.rsqrt.Call(this);
        public Tensor rsqrt_() => Ops.rsqrt_.InPlace(this, this);
        public Tensor sigmoid() => Ops.sigmoid.Call(this);
        public Tensor sigmoid_() => Ops.sigmoid_.InPlace(this, this);
        public Tensor sign() => Ops.sign.Call(this);
        public Tensor sign_() => Ops.sign_.InPlace(this, this);
        public Tensor signbit() => Ops.signbit.Call(this);
        public Tensor sin() => Ops.sin.Call(this);
        public Tensor sin_() => Ops.sin_.InPlace(this, this);
        public Tensor sinh() => Ops.sinh.Call(this);
        public Tensor sqrt() => Ops.sqrt.Call(this);
        public Tensor sqrt_() => Ops.sqrt_.InPlace(this, this);
        public Tensor square() => Ops.square.Call(this);
        public Tensor square_() => Ops.square_.InPlace(this, this);
        public Tensor tan() => Ops.tan.Call(this);
        public Tensor tanh() => Ops.tanh.Call(this);
        public Tensor tanh_() => Ops.tanh_.InPlace(this, this);
        public Tensor trunc() => Ops.trunc.Call(this);
        public Tensor trunc_() => Ops.trunc_.InPlace(this, this);

        public Tensor relu() => Ops.relu.Call(this);
        public Tensor relu_() => Ops.relu_.InPlace(this, this);
        public Tensor relu6() => Ops.relu6.Call(this);
        public Tensor gelu() => Ops.gelu.Call(this);
        public Tensor silu() => Ops.silu.Call(this);
        public Tensor silu_() => Ops.silu_.InPlace(this, this);
        public Tensor selu() => Ops.selu.Call(this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Ops.softplus.Call(this, beta, threshold);
        public Tensor elu(double alpha = 1) => Ops.elu.Call(this, alpha);
        public Tensor celu() => Ops.celu.Call(this);
        public Tensor celu(Scalar alpha) => Ops.celu.Call(this, alpha);
        public Tensor glu(long dim = -1) => Ops.glu.Call(this, dim);
        public Tensor gelu_() => Ops.gelu_.InPlace(this, this);
        public Tensor hardsigmoid() => Ops.hardsigmoid.Call(this);
        public Tensor hardswish() => Ops.hardswish.Call(this);
        public Tensor leaky_relu_(Scalar negative_slope) => Ops.leaky_relu_.InPlace(this, this, negative_slope);
        public Tensor selu_() => Ops.selu_.InPlace(this, this);
        public Tensor relu6_() => Ops.relu6_.InPlace(this, this);
        public Tensor prelu(Tensor target) => Ops.prelu.Call(this, target);
        public Tensor threshold(Scalar threshold, Scalar value) => Ops.threshold.Call(this, threshold, value);
        public Tensor log_sigmoid() => Ops.log_sigmoid.Call(this);
        public Tensor leaky_relu(Scalar negative_slope) => Ops.leaky_relu.Call(this, negative_slope);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax__int.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax__int.Call(this, dim, dtype);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Ops.clamp__Tensor.Call(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.clamp_.InPlace(this, this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Ops.clamp___Tensor.InPlace(this, this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_max(Scalar max) => Ops.clamp_max.Call(this, max);
        public Tensor clamp_min(Scalar min) => Ops.clamp_min.Call(this, min);
        public Tensor clamp_max_(Scalar max) => Ops.clamp_max_.InPlace(this, this, max);
        public Tensor clamp_min_(Scalar min) => Ops.clamp_min_.InPlace(this, this, min);
        public Tensor maximum(Tensor other) => Ops.maximum.Call(this, other);
        public Tensor minimum(Tensor other) => Ops.minimum.Call(this, other);
        public Tensor fmax(Tensor other) => Ops.fmax.Call(this, other);
        public Tensor fmin(Tensor other) => Ops.fmin.Call(this, other);

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor fill_(Scalar value) => Ops.fill___Scalar.InPlace(this, this, value);
        public Tensor zero_() => Ops.zero_.InPlace(this, this);
    }
}
