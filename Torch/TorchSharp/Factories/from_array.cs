using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A CPU tensor over the array's own memory: a change of one is a change of the other.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <param name="dtype">Another element type, or a device that is not the CPU, makes a copy.</param>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null,
        bool requires_grad = false, string[]? names = null)
    {
        var element = rawArray.GetType().GetElementType()
            ?? throw new InvalidOperationException("The array has no element type.");
        var type = ToScalarType(element);
        var sizes = Sizes(rawArray);
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint made;
        fixed (long* s = sizes)
        {
            made = Native.ts_tensor_over((void*)pin.AddrOfPinnedObject(), s, sizes.Length, (int)type, &Unpin,
                GCHandle.ToIntPtr(pin));
        }

        if (made == 0)
        {
            pin.Free();
            throw Errors.Last();
        }

        return Finish(Convert(new Tensor(made), type, dtype, device), requires_grad);
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();

    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType type,
        ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        var count = 1L;
        foreach (var size in dimensions) count *= size;
        if (count > values.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");
        fixed (T* p = values)
        fixed (long* s = dimensions)
        {
            var copy = new Tensor(Errors.Check(Native.ts_tensor_copy_of(p, s, dimensions.Length, (int)type)));
            return Finish(Convert(copy, type, dtype, device ?? get_default_device()), requires_grad);
        }
    }

    private static Tensor FromMatrix<T>(Array values, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var flat = MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return FromSpan(flat, Sizes(values), type, dtype, device, requires_grad);
    }

    private static long[] Sizes(Array array)
    {
        var sizes = new long[array.Rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = array.GetLongLength(i);
        return sizes;
    }

    private static Tensor Convert(Tensor tensor, ScalarType type, ScalarType? dtype, Device? device)
    {
        var there = device is null || device.type == DeviceType.CPU;
        if (there && (dtype is null || dtype == type)) return tensor;
        return tensor.to(dtype ?? type, device ?? CPU, disposeAfter: true);
    }

    private static Tensor Finish(Tensor made, bool requires_grad)
    {
        if (requires_grad) made.requires_grad = true;
        return made;
    }
}
