using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Keeps temporary tensors alive while native code reads them where no dispose scope does: what a finaliser frees is freed only after
/// 256 others. What code disposes of is freed at once. See <see cref="ScalarLifetimes"/>.
/// </summary>
internal static unsafe class TensorLifetimes
{
    private const string Free = "THSTensor_dispose";

    private static readonly Latecomers waiting = new(1 << 8);
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
        AreExtended = free != null && torchSharp.Rebind(Free, (nint)(delegate* unmanaged<nint, void>)&Later);
    }

    // Finalisers run in the order of birth: this one marks their thread before any tensor's.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget() => _ = new FirstBorn();

    [UnmanagedCallersOnly]
    private static void Later(nint tensor)
    {
        if (!isFinaliser) free(tensor);
        else if (waiting.Exchange(tensor) is var oldest and not 0) free(oldest);
    }

    private sealed class FirstBorn
    {
        ~FirstBorn() => isFinaliser = true;
    }
}
