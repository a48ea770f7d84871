namespace PluginHost.Host.Models.Checkpoints.Pickle;

using static TorchSharp.torch;

/// <summary>A storage that a pickle refers to: a run of elements elsewhere in the file.</summary>
/// <param name="Key">Its name there.</param>
/// <param name="Type">Element type.</param>
/// <param name="Start">First element of <paramref name="Key"/> that it covers; above 0 for the views of old files.</param>
/// <param name="Count">Elements.</param>
internal sealed record StorageView(string Key, ScalarType Type, long Start, long Count);

/// <summary>A tensor as a pickle describes it: a view of a storage. Several may share one.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Offset">First element, from the storage's start.</param>
/// <param name="Shape">Axis sizes.</param>
/// <param name="Strides">Elements from one index to the next, an axis each.</param>
internal sealed record TensorView(StorageView Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Number of elements.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Elements from the first to the last, both included; 0 for an empty tensor.</summary>
    public long Reach => Count == 0 ? 0 : 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum();

    /// <summary>Whether its elements lie one after another in C order.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected) return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }

    /// <summary>Makes a view after checking that it lies inside its storage and is no larger.</summary>
    /// <exception cref="PickleException">It does not.</exception>
    public static TensorView Of(StorageView storage, long offset, long[] shape, long[] strides)
    {
        try
        {
            if (shape.Length != strides.Length || shape.Length > 64 || offset < 0 || shape.Any(s => s < 0) || strides.Any(s => s < 0))
                throw new PickleException("a tensor has a malformed shape");
            var view = new TensorView(storage, offset, shape, strides);
            var reach = view.Count == 0 ? 0
                : checked(1 + shape.Zip(strides, (size, stride) => checked((size - 1) * stride)).Aggregate(0L, (a, b) => checked(a + b)));
            if (checked(offset + reach) > storage.Count)
                throw new PickleException(
                    $"a tensor [{string.Join(", ", shape)}] reaches beyond its storage of {storage.Count:N0} elements");
            // Strides of 0 let a small file claim a tensor of any size.
            if (view.Count > storage.Count)
                throw new PickleException($"a tensor [{string.Join(", ", shape)}] claims more elements than the {storage.Count:N0} stored");
            return view;
        }
        catch (OverflowException) { throw new PickleException($"a tensor [{string.Join(", ", shape)}] is too large"); }
    }
}
