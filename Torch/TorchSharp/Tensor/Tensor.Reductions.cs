using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor all() => Ops.all.Call(this);
        public Tensor all(long dim, bool keepdim = false) => Ops.all__dim.Call(this, dim, keepdim);
        public Tensor any() => Ops.any.Call(this);
        public Tensor any(long dim, bool keepdim = false) => Ops.any__dim.Call(this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Ops.amax.Call(this, dims, keepdim) : Ops.amax__out.InPlace(@out, this, dims, keepdim, @out);

        public Tensor amax(params long[] dims) => Ops.amax.Call(this, dims);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Ops.amin.Call(this, dims, keepdim) : Ops.amin__out.InPlace(@out, this, dims, keepdim, @out);

        public Tensor amin(params long[] dims) => Ops.amin.Call(this, dims);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Ops.aminmax.Call2(this, dim, keepdim);

        public Tensor argmax() => Ops.argmax.Call(this);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);
        public Tensor argmin() => Ops.argmin.Call(this);
        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Call(this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Ops.argsort.Call(this, dim, descending);

        public Tensor max() => Ops.max.Call(this);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.max__dim.Call2(this, dim, keepdim);
        public Tensor max(Tensor other) => maximum(other);
        public Tensor min(Tensor other) => minimum(other);
        public Tensor min() => Ops.min.Call(this);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Ops.min__dim.Call2(this, dim, keepdim);

        public Tensor mean() => Ops.mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Ops.mean__dim.Call(this, dimensions, keepdim, type);

        public Tensor median() => Ops.median.Call(this);

        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum__dim_IntList.Call(this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum__dim_IntList.Call(this, dim.ToArray(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum__dim_IntList.Call(this, dim, keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor prod(ScalarType? type = null) => Ops.prod.Call(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.prod__dim_int.Call(this, dim, keepdim, type);

        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.cumsum.Call(this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Ops.cumprod.Call(this, dim, type);

        public Tensor std(bool unbiased = true) => Ops.std.Call(this, unbiased);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dim.Call(this, dim, unbiased, keepdim);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dim.Call(this, dimensions, unbiased, keepdim);
        public Tensor var(bool unbiased = true) => Ops.var.Call(this, unbiased);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dim.Call(this, dim, unbiased, keepdim);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dim.Call(this, dimensions, unbiased, keepdim);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Ops.std_mean.Call2(this, unbiased);
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dim.Call2(this, dim, unbiased, keepdim);
        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Ops.var_mean.Call2(this, unbiased);
        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dim.Call2(this, dim, unbiased, keepdim);

        public Tensor dist(Tensor other, float p = 2.0f) => Ops.dist.Call(this, other, (double)p);

        public Tensor norm(float p = 2.0f) => Ops.norm__Scalar.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Ops.norm__ScalarOpt_dim.Call(this, (double)p, (long)dim, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Call(this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Ops.count_nonzero.Call(this) : Ops.count_nonzero__dim_IntList.Call(this, dims);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.topk.Call2(this, k, dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Ops.sort__stable.Call2(this, stable, dim, descending);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Ops.kthvalue.Call2(this, k, dim ?? -1, keepdim);

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false) => Ops.mode.Call2(this, dim, keepdim);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Ops.quantile.Call(this, q, dim, keepdim);

        public Tensor nansum() => Ops.nansum.Call(this);

        public Tensor nanmedian() => Ops.nanmedian.Call(this);

        public Tensor msort() => Ops.msort.Call(this);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Ops.bucketize__Tensor.Call(this, boundaries, outInt32, right);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Ops.diff.Call(this, n, dim, prepend, append);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Ops.cov.Call(this, correction, fweights, aweights);

        public Tensor corrcoef() => Ops.corrcoef.Call(this);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Ops.bincount.Call(this, weights, minlength);

        public Tensor trace() => Ops.trace.Call(this);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false,
            bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } d
                ? Ops.unique_dim.Call3(this, d, sorted, return_inverse, return_counts)
                : Ops._unique2.Call3(this, sorted, return_inverse, return_counts);
            if (!return_inverse) inverse?.Dispose();
            if (!return_counts) counts?.Dispose();
            return (output, return_inverse ? inverse : null, return_counts ? counts : null);
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false,
            bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Ops.unique_consecutive.Call3(this, return_inverse, return_counts, (long?)dim);
            if (!return_inverse) inverse?.Dispose();
            if (!return_counts) counts?.Dispose();
            return (output, return_inverse ? inverse : null, return_counts ? counts : null);
        }
    }
}
