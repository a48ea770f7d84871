using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in row-major order, over its own memory. Keeps the tensor alive.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly nint pointer;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException(
                "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        this.tensor = tensor;
        pointer = tensor.DataPointer();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public unsafe T this[params long[] indices]
    {
        get
        {
            var value = ((T*)pointer)[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)];
            GC.KeepAlive(tensor);
            return value;
        }
        set
        {
            ((T*)pointer)[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)] = value;
            GC.KeepAlive(tensor);
        }
    }

    public T[] ToArray()
    {
        var result = GC.AllocateUninitializedArray<T>(checked((int)Count));
        CopyTo(result);
        return result;
    }

    /// <summary>An array with as many axes as the tensor (one element for a tensor without axes).</summary>
    public unsafe Array ToNDArray()
    {
        if (shape.Length <= 1) return ToArray();
        var flat = ToArray();
        var result = Array.CreateInstance(typeof(T), shape);
        Buffer.BlockCopy(flat, 0, result, 0, flat.Length * sizeof(T));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        var target = array[arrayIndex..];
        if (contiguous) new Span<T>((T*)pointer + tensorIndex, (int)count).CopyTo(target);
        else for (var i = 0L; i < count; i++) target[(int)i] = ((T*)pointer)[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        var source = array[arrayIndex..];
        if (contiguous) source[..(int)count].CopyTo(new Span<T>((T*)pointer + tensorIndex, (int)count));
        else for (var i = 0L; i < count; i++) ((T*)pointer)[Offset(tensorIndex + i)] = source[(int)i];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing: the accessor owns no memory.</summary>
    public void Dispose() { }

    internal static T ReadItemAt(torch.Tensor tensor, long index)
    {
        tensor.ValidateType(typeof(T));
        return new TensorAccessor<T>(tensor).At(index);
    }

    private unsafe T At(long index)
    {
        var value = ((T*)pointer)[Offset(index)];
        GC.KeepAlive(tensor);
        return value;
    }

    private long Offset(long index)
    {
        if (index < 0 || index >= Count) throw new IndexOutOfRangeException();
        if (contiguous) return index;
        var offset = 0L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            index = Math.DivRem(index, shape[axis], out var position);
            offset += position * strides[axis];
        }

        return offset;
    }

    private long Offset(long[] indices)
    {
        var offset = 0L;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (indices[axis] < 0 || indices[axis] >= shape[axis])
                throw new IndexOutOfRangeException($"{indices[axis]} >= {shape[axis]} in dimension {axis}.");
            offset += indices[axis] * strides[axis];
        }

        return offset;
    }
}
