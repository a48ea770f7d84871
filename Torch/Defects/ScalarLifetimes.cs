using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Keeps TorchSharp's native scalars alive while native code reads them. <c>x * 2.0</c> makes one that nothing holds: if a collection
/// comes while the product runs, its finaliser frees the number under the product's hands, which then fails or computes with another.
/// </summary>
/// <remarks>
/// Freeing goes through here, and happens only ten seconds later: a number takes 32 bytes, and no call that reads one takes so long.
/// </remarks>
internal static unsafe class ScalarLifetimes
{
    private const string Free = "THSTorch_dispose_scalar";

    private static readonly Latecomers waiting = new(delay: 10_000);
    private static delegate* unmanaged<nint, void> free;

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool AreExtended { get; private set; }

    /// <summary>Does it, before the first scalar is freed.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    internal static void Extend(LoadedLibrary torchSharp)
    {
        free = (delegate* unmanaged<nint, void>)torchSharp.AddressOf(Free);
        AreExtended = free != null && torchSharp.Rebind(Free, (nint)(delegate* unmanaged<nint, void>)&Later);
    }

    [UnmanagedCallersOnly]
    private static void Later(nint scalar)
    {
        waiting.Add(scalar, free);
    }
}
