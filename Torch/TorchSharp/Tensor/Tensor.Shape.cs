using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Ops.view.Call(this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Ops.reshape.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.flatten__using_ints.Call(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Ops.unflatten__int.Call(this, dim, sizes);

        public Tensor ravel() => reshape(-1);

        public Tensor squeeze(long? dim = null) => dim is { } d ? Ops.squeeze__dim.Call(this, d) : Ops.squeeze.Call(this);

        public Tensor squeeze_(long? dim = null) =>
            dim is { } d ? Ops.squeeze___dim.InPlace(this, this, d) : Ops.squeeze_.InPlace(this, this);

        public Tensor unsqueeze(long dim) => Ops.unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => Ops.unsqueeze_.InPlace(this, this, dim);

        public Tensor t() => Ops.t.Call(this);

        /// <summary>All axes reversed.</summary>
        public Tensor T => Ops.numpy_T.Call(this);

        /// <summary>The last two axes swapped.</summary>
        public Tensor mT => Ops.mT.Call(this);

        public Tensor transpose(long dim0, long dim1) => Ops.transpose__int.Call(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Ops.transpose_.InPlace(this, this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation) => Ops.permute.Call(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor movedim(long[] source, long[] destination) => Ops.movedim__intlist.Call(this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes.ToArray(), isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);

        public Tensor expand(params long[] sizes) => Ops.expand.Call(this, sizes);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Ops.broadcast_to.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Ops.repeat.Call(this, sizes);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave__self_Tensor.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave__self_int.Call(this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Ops.tile.Call(this, reps);

        public Tensor flip(params long[] dims) => Ops.flip.Call(this, dims);

        public Tensor roll(long shifts, long? dims = null) => Ops.roll.Call(this, shifts, dims is { } d ? d : Array.Empty<long>());

        public Tensor roll(long[] shifts, long[] dims) => Ops.roll.Call(this, shifts, dims);

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll([shifts.Item1, shifts.Item2], (long[])[dims.Item1, dims.Item2]);

        public Tensor fliplr() => Ops.fliplr.Call(this);

        public Tensor flipud() => Ops.flipud.Call(this);

        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Ops.rot90.Call(this, k, new[] { dims?.Item1 ?? 0, dims?.Item2 ?? 1 });

        public Tensor select_scatter(Tensor src, long dim, long index) => Ops.select_scatter.Call(this, src, dim, index);

        public Tensor slice_scatter(Tensor src, long dim = 0L, long? start = null, long? end = null, long step = 1L) =>
            Ops.slice_scatter.Call(this, src, dim, start, end, step);

        public Tensor diagonal_scatter(Tensor src, long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Ops.diagonal_scatter.Call(this, src, offset, dim1, dim2);

        public Tensor diagflat(long offset = 0) => Ops.diagflat.Call(this, offset);

        public Tensor atleast_1d() => Ops.atleast_1d.Call(this);

        public Tensor atleast_2d() => Ops.atleast_2d.Call(this);

        public Tensor atleast_3d() => Ops.atleast_3d.Call(this);

        public Tensor unfold(long dimension, long size, long step) => Ops.unfold.Call(this, dimension, size, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Ops.as_strided.Call(this, size, strides, storageOffset);

        public Tensor narrow(long dim, long start, long length) => Ops.narrow.Call(this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => step >= 1
            ? Ops.slice__Tensor.Call(this, dim, start, finish, step)
            : throw new ArgumentException($"step is {step}, but it should always be positive.");

        public Tensor select(long dim, long index) => Ops.select__int.Call(this, dim, index);

        public Tensor[] unbind(long dimension = 0L) => Ops.unbind__int.CallList(this, dimension);

        public Tensor[] split(long size, int dim = 0) => Ops.split__Tensor.CallList(this, size, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Ops.split_with_sizes.CallList(this, sizes.ToArray(), dim);

        public Tensor[] split(params long[] sizes) => Ops.split_with_sizes.CallList(this, sizes);

        public Tensor[] split(long[] sizes, long dim = 0) => Ops.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0L) => Ops.chunk.CallList(this, chunks, dim);

        public Tensor[] tensor_split(long size, long dim = 0L) => Ops.tensor_split__sections.CallList(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0L) => Ops.tensor_split__indices.CallList(this, sizes, dim);

        public Tensor tril_(long diagonal = 0) => Ops.tril_.InPlace(this, this, diagonal);

        public Tensor triu_(long diagonal = 0) => Ops.triu_.InPlace(this, this, diagonal);

        public Tensor tril(long diagonal = 0) => Ops.tril.Call(this, diagonal);

        public Tensor triu(long diagonal = 0) => Ops.triu.Call(this, diagonal);

        public Tensor diag(long diagonal = 0) => Ops.diag.Call(this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Ops.diagonal.Call(this, offset, dim1, dim2);

        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => Ops.diag_embed.Call(this, offset, dim1, dim2);
    }
}
