using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Ops.eq__Tensor.Call(this, target);
        public Tensor eq(Scalar target) => Ops.eq__Scalar.Call(this, target);
        public Tensor eq_(Tensor target) => Ops.eq___Tensor.InPlace(this, this, target);
        public Tensor eq_(Scalar target) => Ops.eq___Scalar.InPlace(this, this, target);
        public Tensor equal(Tensor target) => eq(target);
        public Tensor ne(Tensor target) => Ops.ne__Tensor.Call(this, target);
        public Tensor ne(Scalar target) => Ops.ne__Scalar.Call(this, target);
        public Tensor ne_(Tensor target) => Ops.ne___Tensor.InPlace(this, this, target);
        public Tensor ne_(Scalar target) => Ops.ne___Scalar.InPlace(this, this, target);
        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor ge(Tensor target) => Ops.ge__Tensor.Call(this, target);
        public Tensor ge(Scalar target) => Ops.ge__Scalar.Call(this, target);
        public Tensor ge_(Tensor target) => Ops.ge___Tensor.InPlace(this, this, target);
        public Tensor ge_(Scalar target) => Ops.ge___Scalar.InPlace(this, this, target);
        public Tensor greater_equal(Tensor target) => ge(target);
        public Tensor gt(Tensor target) => Ops.gt__Tensor.Call(this, target);
        public Tensor gt(Scalar target) => Ops.gt__Scalar.Call(this, target);
        public Tensor gt_(Tensor target) => Ops.gt___Tensor.InPlace(this, this, target);
        public Tensor gt_(Scalar target) => Ops.gt___Scalar.InPlace(this, this, target);
        public Tensor greater(Tensor target) => gt(target);
        public Tensor le(Tensor target) => Ops.le__Tensor.Call(this, target);
        public Tensor le(Scalar target) => Ops.le__Scalar.Call(this, target);
        public Tensor le_(Tensor target) => Ops.le___Tensor.InPlace(this, this, target);
        public Tensor le_(Scalar target) => Ops.le___Scalar.InPlace(this, this, target);
        public Tensor less_equal(Tensor target) => le(target);
        public Tensor lt(Tensor target) => Ops.lt__Tensor.Call(this, target);
        public Tensor lt(Scalar target) => Ops.lt__Scalar.Call(this, target);
        public Tensor lt_(Tensor target) => Ops.lt___Tensor.InPlace(this, this, target);
        public Tensor lt_(Scalar target) => Ops.lt___Scalar.InPlace(this, this, target);
        public Tensor less(Tensor target) => lt(target);

        /// <summary>Whether shape and every element are equal.</summary>
        public bool Equals(Tensor target) => target is not null && Ops.equal.CallBool(this, target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Ops.isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Ops.isin__Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);

        public Tensor isnan() => Ops.isnan.Call(this);
        public Tensor isinf() => Ops.isinf.Call(this);
        public Tensor isfinite() => Ops.isfinite.Call(this);
        public Tensor isposinf() => Ops.isposinf.Call(this);
        public Tensor isneginf() => Ops.isneginf.Call(this);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }
}
