using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a division is rounded.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public partial class Tensor
    {
        public Tensor add(Tensor target) => Ops.add__Tensor.Call(this, target);

        /// <summary>this + alpha * target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Ops.add__Tensor.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Ops.add__Scalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Ops.add__Scalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target) => Ops.add___Tensor.InPlace(this, this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Ops.add___Tensor.InPlace(this, this, target, alpha);

        public Tensor add_(Scalar scalar) => Ops.add___Scalar.InPlace(this, this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Ops.add___Scalar.InPlace(this, this, scalar, alpha);

        public Tensor sub(Tensor target) => Ops.sub__Tensor.Call(this, target);

        public Tensor sub(Scalar target) => Ops.sub__Scalar.Call(this, target);

        public Tensor sub_(Tensor target) => Ops.sub___Tensor.InPlace(this, this, target);

        public Tensor sub_(Scalar target) => Ops.sub___Scalar.InPlace(this, this, target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor mul(Tensor target) => Ops.mul__Tensor.Call(this, target);

        public Tensor mul(Scalar target) => Ops.mul__Scalar.Call(this, target);

        public Tensor mul_(Tensor target) => Ops.mul___Tensor.InPlace(this, this, target);

        public Tensor mul_(Scalar target) => Ops.mul___Scalar.InPlace(this, this, target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.div__Tensor_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.div__Scalar_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.div___Tensor_mode.InPlace(this, this, target, Rounding(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.div___Scalar_mode.InPlace(this, this, target, Rounding(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor floor_divide(Tensor other) => Ops.floor_divide.Call(this, other);

        public Tensor floor_divide(Scalar other) => Ops.floor_divide__Scalar.Call(this, other);

        public Tensor remainder(Tensor target) => Ops.remainder__Tensor.Call(this, target);

        public Tensor remainder(Scalar scalar) => Ops.remainder__Scalar.Call(this, scalar);

        public Tensor remainder_(Tensor target) => Ops.remainder___Tensor.InPlace(this, this, target);

        public Tensor remainder_(Scalar scalar) => Ops.remainder___Scalar.InPlace(this, this, scalar);

        public Tensor fmod(Tensor target) => Ops.fmod__Tensor.Call(this, target);

        public Tensor fmod(Scalar scalar) => Ops.fmod__Scalar.Call(this, scalar);

        public Tensor pow(Tensor exponent) => Ops.pow__Tensor_Tensor.Call(this, exponent);

        public Tensor pow(Scalar exponent) => Ops.pow__Tensor_Scalar.Call(this, exponent);

        public Tensor pow_(Tensor exponent) => Ops.pow___Tensor.InPlace(this, this, exponent);

        public Tensor pow_(Scalar exponent) => Ops.pow___Scalar.InPlace(this, this, exponent);

        public Tensor neg() => Ops.neg.Call(this);

        public Tensor neg_() => Ops.neg_.InPlace(this, this);

        public Tensor negative() => neg();

        public Tensor positive() =>
            dtype == ScalarType.Bool ? throw new ArgumentException("Boolean tensor") : Ops.positive.Call(this);

        /// <summary>this + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.addcdiv_.InPlace(this, this, tensor1, tensor2, value);

        /// <summary>this + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.addcmul_.InPlace(this, this, tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Ops.lerp__Tensor.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Ops.lerp___Tensor.InPlace(this, this, end, weight);

        public Tensor bitwise_and(Tensor other) => Ops.bitwise_and__Tensor.Call(this, other);

        public Tensor bitwise_and_(Tensor other) => Ops.bitwise_and___Tensor.InPlace(this, this, other);

        public Tensor bitwise_or(Tensor other) => Ops.bitwise_or__Tensor.Call(this, other);

        public Tensor bitwise_or_(Tensor other) => Ops.bitwise_or___Tensor.InPlace(this, this, other);

        public Tensor bitwise_xor(Tensor other) => Ops.bitwise_xor__Tensor.Call(this, other);

        public Tensor bitwise_not() => Ops.bitwise_not.Call(this);

        public Tensor bitwise_not_() => Ops.bitwise_not_.InPlace(this, this);

        public Tensor logical_and(Tensor other) => Ops.logical_and.Call(this, other);

        public Tensor logical_and_(Tensor other) => Ops.logical_and_.InPlace(this, this, other);

        public Tensor logical_or(Tensor other) => Ops.logical_or.Call(this, other);

        public Tensor logical_or_(Tensor other) => Ops.logical_or_.InPlace(this, this, other);

        public Tensor logical_xor(Tensor other) => Ops.logical_xor.Call(this, other);

        public Tensor logical_not() => Ops.logical_not.Call(this);

        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
