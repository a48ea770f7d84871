using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch.Native;

/// <summary>
/// Calls an operator of libtorch by name through its stable C interface (torch/csrc/stable/c/shim.h): for operators that TorchSharp
/// lacks. A TorchSharp handle is what that interface calls a tensor handle.
/// </summary>
internal static unsafe class Dispatcher
{
    // The layout of the arguments that this code was written for: 2.10's.
    private const ulong Version = 0x020A_0000_0000_0000;

    /// <summary>Whether this libtorch can be called so.</summary>
    internal static bool IsAvailable { get; } = EntryPoints.AbiVersion >= Version && EntryPoints.All(
        EntryPoints.CallDispatcher, EntryPoints.NewTensorHandle, EntryPoints.NewList, EntryPoints.ListPushBack);

    /// <summary>Calls an operator without results.</summary>
    /// <param name="name">With its namespace: "aten::_fused_adamw_".</param>
    /// <param name="overload">The overload's name; empty for the default one.</param>
    /// <param name="arguments">All of the schema's arguments, made with this class; consumed by the call.</param>
    /// <exception cref="InvalidOperationException">libtorch refused; it says why on standard error.</exception>
    internal static void Run(string name, string overload, params Span<ulong> arguments)
    {
        var operatorName = System.Text.Encoding.ASCII.GetBytes(name + '\0');
        var overloadName = System.Text.Encoding.ASCII.GetBytes(overload + '\0');
        int error;
        fixed (byte* n = operatorName, o = overloadName)
        fixed (ulong* stack = arguments)
            error = ((delegate* unmanaged<byte*, byte*, ulong*, ulong, int>)EntryPoints.CallDispatcher)(n, o, stack, Version);
        if (error != 0)
            throw new InvalidOperationException($"libtorch {Loading.Libtorch.Version} refused {name}: the reason stands on standard error");
    }

    /// <summary>A tensor as an argument; the caller keeps its own.</summary>
    internal static ulong Of(Tensor tensor)
    {
        nint copy;
        Check(((delegate* unmanaged<nint, nint*, int>)EntryPoints.NewTensorHandle)(tensor.Handle, &copy));
        GC.KeepAlive(tensor);
        return (ulong)copy;
    }

    /// <summary>A list of tensors as an argument.</summary>
    internal static ulong Of(ReadOnlySpan<Tensor> tensors)
    {
        nint list;
        Check(((delegate* unmanaged<nuint, nint*, int>)EntryPoints.NewList)((nuint)tensors.Length, &list));
        foreach (var tensor in tensors)
            Check(((delegate* unmanaged<nint, ulong, int>)EntryPoints.ListPushBack)(list, Of(tensor)));
        return (ulong)list;
    }

    /// <summary>A number as an argument.</summary>
    internal static ulong Of(double value) => BitConverter.DoubleToUInt64Bits(value);

    /// <summary>A truth value as an argument.</summary>
    internal static ulong Of(bool value) => value ? 1UL : 0;

    /// <summary>A tensor where the schema allows none: a pointer to its handle, or zero.</summary>
    internal static ulong Optional(Tensor? tensor)
    {
        if (tensor is null) return 0;
        // Freed by the callee with C++'s delete, which for a word of plain data is malloc's free.
        var box = (ulong*)System.Runtime.InteropServices.NativeMemory.Alloc(sizeof(ulong));
        *box = Of(tensor);
        return (ulong)box;
    }

    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException($"libtorch {Loading.Libtorch.Version} could not make an operator's argument");
    }
}
