using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Keeps temporary tensors alive while native code reads them where no dispose scope does: what a finaliser frees is freed a second
/// later, which is short for the memory and long for a call. What code disposes of is freed at once. See <see cref="ScalarLifetimes"/>.
/// </summary>
internal static unsafe class TensorLifetimes
{
    private const string Free = "THSTensor_dispose";

    private static readonly Latecomers waiting = new(delay: 1_000);
    private static delegate* unmanaged<nint, void> free;

    [ThreadStatic]
    private static bool isFinaliser;

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool AreExtended { get; private set; }

    /// <summary>Does it, before the first tensor is freed.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    internal static void Extend(LoadedLibrary torchSharp)
    {
        free = (delegate* unmanaged<nint, void>)torchSharp.AddressOf(Free);
        Forget();
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
        AreExtended = free != null && torchSharp.Rebind(Free, (nint)(delegate* unmanaged<nint, void>)&Later);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget() => _ = new FirstBorn();

    [UnmanagedCallersOnly]
    private static void Later(nint tensor)
    {
        if (isFinaliser) waiting.Add(tensor, free);
        else free(tensor);
    }

    /// <summary>Marks the finalisers' thread, before there is a tensor.</summary>
    private sealed class FirstBorn
    {
        ~FirstBorn() => isFinaliser = true;
    }
}
