using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Keeps what TorchSharp's finalisers free alive while native code still reads it. <c>x * 2.0</c> makes a native number that nothing
/// holds: if a collection comes while the product runs, the number is freed under its hands, and it fails or computes with another.
/// The same befalls a temporary tensor that no dispose scope holds.
/// </summary>
/// <remarks>
/// Freeing goes through here. Numbers are freed ten seconds later: they take 32 bytes, and no call that reads one takes so long.
/// Tensors that a finaliser frees follow a second later, which is short for the memory and long for a call; what code disposes of is
/// freed at once.
/// </remarks>
internal static unsafe partial class Lifetimes
{
    private const string FreeScalar = "THSTorch_dispose_scalar", FreeTensor = "THSTensor_dispose";

    private static readonly Latecomers scalars = new(delay: 10_000), tensors = new(delay: 1_000);
    private static delegate* unmanaged<nint, void> freeScalar, freeTensor;

    // 0 while it is not known whether a thread is the finalisers', then 1 or 2.
    [ThreadStatic]
    private static int kind;

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool AreExtended { get; private set; }

    /// <summary>Does it, before anything is freed.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    internal static void Extend(LoadedLibrary torchSharp)
    {
        freeScalar = (delegate* unmanaged<nint, void>)torchSharp.AddressOf(FreeScalar);
        freeTensor = (delegate* unmanaged<nint, void>)torchSharp.AddressOf(FreeTensor);
        AreExtended = freeScalar != null && freeTensor != null
            && torchSharp.Rebind(FreeScalar, (nint)(delegate* unmanaged<nint, void>)&LaterScalar)
            && torchSharp.Rebind(FreeTensor, (nint)(delegate* unmanaged<nint, void>)&LaterTensor);
    }

    [UnmanagedCallersOnly]
    private static void LaterScalar(nint scalar) => scalars.Add(scalar, freeScalar);

    [UnmanagedCallersOnly]
    private static void LaterTensor(nint tensor)
    {
        if (kind == 0) kind = IsFinalisers() ? 2 : 1;
        if (kind == 2) tensors.Add(tensor, freeTensor);
        else freeTensor(tensor);
    }

    // The runtime names its threads. To wait for a finaliser that would tell could be for ever: this may run where the runtime holds
    // a lock that the finaliser needs.
    private static bool IsFinalisers()
    {
        const int GetName = 16; // PR_GET_NAME
        var name = stackalloc byte[16];
        return prctl(GetName, name, 0, 0, 0) == 0 && new ReadOnlySpan<byte>(name, 14).SequenceEqual(".NET Finalizer"u8);
    }

    [LibraryImport("libc")]
    private static partial int prctl(int option, byte* name, nuint third, nuint fourth, nuint fifth);
}
