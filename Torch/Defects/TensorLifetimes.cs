using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Keeps temporary tensors alive while native code reads them where no dispose scope does: what a finaliser frees is freed a second
/// later, which is short for the memory and long for a call. What code disposes of is freed at once. See <see cref="ScalarLifetimes"/>.
/// </summary>
internal static unsafe partial class TensorLifetimes
{
    private const string Free = "THSTensor_dispose";

    private static readonly Latecomers waiting = new(delay: 1_000);
    private static delegate* unmanaged<nint, void> free;

    // 0 while it is not known whether a thread is the finalisers', then 1 or 2.
    [ThreadStatic]
    private static int kind;

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool AreExtended { get; private set; }

    /// <summary>Does it, before the first tensor is freed.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    internal static void Extend(LoadedLibrary torchSharp)
    {
        free = (delegate* unmanaged<nint, void>)torchSharp.AddressOf(Free);
        AreExtended = free != null && torchSharp.Rebind(Free, (nint)(delegate* unmanaged<nint, void>)&Later);
    }

    [UnmanagedCallersOnly]
    private static void Later(nint tensor)
    {
        if (kind == 0) kind = IsFinalisers() ? 2 : 1;
        if (kind == 2) waiting.Add(tensor, free);
        else free(tensor);
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
