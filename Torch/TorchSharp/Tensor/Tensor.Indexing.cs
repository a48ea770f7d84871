using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Set(value, i1);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index([i1, i2]);
            set => Set(value, i1, i2);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index([i1, i2, i3]);
            set => Set(value, i1, i2, i3);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index([i1, i2, i3, i4]);
            set => Set(value, i1, i2, i3, i4);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index([i1, i2, i3, i4, i5]);
            set => Set(value, i1, i2, i3, i4, i5);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index([i1, i2, i3, i4, i5, i6]);
            set => Set(value, i1, i2, i3, i4, i5, i6);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index((ReadOnlySpan<long>)indices);
            set => Set(value, indices);
        }

        /// <summary>Python-like indexing: integers, slices, None, Ellipsis, Boolean masks and index tensors.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, tensors) = Basic(indices);
            var result = tensors is null ? view : Ops.index__Tensor.Call(view, tensors);
            return ReferenceEquals(result, this) ? scope.MoveToOuter(alias()) : scope.MoveToOuter(result);
        }

        public Tensor index(params Tensor[] indices) => Ops.index__Tensor.Call(this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, tensors) = Basic(indices);
            if (tensors is null) _ = view.copy_(Fit(value, view));
            else Ops.index_put_.Run(view, tensors, value.to(view), false);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var scope = NewDisposeScope();
            var (view, tensors) = Basic(indices);
            if (tensors is null) _ = accumulate ? view.add_(value) : view.copy_(Fit(value, view));
            else Ops.index_put_.Run(view, tensors, value.to(view), accumulate);
            return this;
        }

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Ops.index_put_.InPlace(this, this, indices, value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices);
        }

        public Tensor index_select(long dim, Tensor index) => Ops.index_select.Call(this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Ops.index_add.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Ops.index_add_.InPlace(this, this, dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Ops.index_copy.Call(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Ops.index_copy_.InPlace(this, this, dim, index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Ops.index_fill__int_Scalar.Call(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            Ops.index_fill___int_Scalar.InPlace(this, this, dim, index, value);

        public Tensor gather(long dim, Tensor index) => Ops.gather.Call(this, dim, index);

        public Tensor take(Tensor index) => Ops.take.Call(this, index);

        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(tensor(indices.ToArray()));

        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(tensor(indices.ToArray()), dim);

        public Tensor take_along_dim(Tensor indices) => Ops.take_along_dim.Call(this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Ops.take_along_dim.Call(this, indices, dim);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Ops.scatter__src.Call(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Ops.scatter___src.InPlace(this, this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Ops.scatter_add.Call(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Ops.scatter_add_.InPlace(this, this, dim, index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.masked_fill__Scalar.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Ops.masked_fill___Scalar.InPlace(this, this, mask, value);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Ops.masked_scatter.Call(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Ops.masked_scatter_.InPlace(this, this, mask, value);

        public Tensor masked_select(Tensor mask) => mask.dtype == ScalarType.Bool
            ? Ops.masked_select.Call(this, mask)
            : throw new ArgumentException("The mask tensor must be Boolean.");

        public IList<Tensor> nonzero_as_list()
        {
            using var all = nonzero();
            return all.chunk(all.size(1), 1);
        }

        public Tensor nonzero() => Ops.nonzero.Call(this);

        public Tensor argwhere() => Ops.argwhere.Call(this);

        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Ops.where__self.Call(condition, this, y)
            : throw new ArgumentException("The condition to 'where' must be a boolean tensor.");

        private void Set(Tensor value, params long[] indices)
        {
            using var scope = NewDisposeScope();
            var target = this;
            foreach (var i in indices) target = target.select(0, i);
            _ = target.copy_(Fit(value, target));
        }

        private Tensor index(ReadOnlySpan<long> indices)
        {
            var result = select(0, indices[0]);
            for (var i = 1; i < indices.Length; i++)
            {
                var outer = result;
                result = outer.select(0, indices[i]);
                outer.Dispose();
            }

            return result;
        }

        // A value with leading axes of size 1 more than its target, as indexing allows and copy_ does not.
        private static Tensor Fit(Tensor value, Tensor target)
        {
            while (value.ndim > target.ndim && value.size(0) == 1) value = value.squeeze(0);
            return value;
        }
    }
}
