namespace TorchSharp;

public static partial class torch
{
    /// <summary>One axis of a Python-like index.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal long? start;
        internal long? stop;
        internal long? step;
        internal Kind kind;
        internal Tensor? tensor;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { start = start, step = step, stop = stop, kind = Kind.Slice };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { start = value ? 1 : 0, kind = Kind.Bool };

        public static TensorIndex Single(long? index) => new() { start = index, kind = Kind.Single };

        public static TensorIndex Tensor(Tensor tensor) => new() { tensor = tensor, kind = Kind.Tensor };

        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        public static TensorIndex None = new() { kind = Kind.None };

        public static TensorIndex Null = new() { kind = Kind.Null };

        public static TensorIndex Colon = Slice();

        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>Only guides overload resolution, as in TorchSharp.</summary>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("A TensorIndex is not converted to a Tensor.");

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }

    public partial class Tensor
    {
        /// <summary>
        /// Applies the integers, slices, None and Ellipsis of an index as views, and returns what remains for the
        /// gathering part: one tensor or null for each leading axis of the view, or nothing at all.
        /// </summary>
        private (Tensor View, Tensor?[]? Tensors) Basic(TensorIndex[] indices)
        {
            var view = this;
            List<Tensor?>? tensors = null;
            var axis = 0L;
            var widened = 0L;
            var consumed = indices.Sum(static i => i.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1L,
                TensorIndex.Kind.Tensor => i.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? i.tensor.ndim : 1L,
                _ => 0L,
            });

            foreach (var index in indices)
            {
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        view = view.select(axis, index.start ?? 0);
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index is not { start: null, stop: null, step: null })
                            view = view.slice(axis, index.start ?? 0, index.stop ?? long.MaxValue, index.step ?? 1);
                        axis++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        axis += ndim - consumed;
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        view = view.unsqueeze(axis);
                        axis++;
                        break;
                    case TensorIndex.Kind.Bool:
                        view = view.unsqueeze(axis);
                        Place(full([1], index.start != 0, ScalarType.Bool, device), 1);
                        break;
                    default:
                        Place(index.tensor!, index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.ndim : 1);
                        break;
                }
            }

            return (view, tensors?.ToArray());

            // A mask of several axes consumes all of them, and is one entry of the list.
            void Place(Tensor tensor, long width)
            {
                tensors ??= [];
                while (tensors.Count < axis - widened) tensors.Add(null);
                tensors.Add(tensor);
                axis += width;
                widened += width - 1;
            }
        }
    }
}
