using System.Runtime.InteropServices;

namespace PluginHost.Torch.Defects;

/// <summary>
/// Gives TorchSharp 0.107's <c>matmul</c> back its exceptions. Its native function lets libtorch's errors pass into .NET, which ends
/// the process: two shapes that do not fit, or memory that runs out in a product, would be a crash instead of an exception.
/// </summary>
/// <remarks>
/// The neighbouring <c>mm</c> of the same arguments and result does catch them. So the name of matmul's function is bound to mm's, and
/// what that calls in libtorch to libtorch's matmul, which for two matrices is mm; mm takes other shapes too then.
/// </remarks>
internal static class MatmulErrors
{
    private const string Uncaught = "THSTensor_matmul", Catching = "THSTensor_mm";
    private const string Called = "_ZN2at4_ops2mm4callERKNS_6TensorES4_", Wanted = "_ZN2at4_ops6matmul4callERKNS_6TensorES4_";

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool AreCaught { get; private set; }

    /// <summary>Does it, before the first call of matmul.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    /// <param name="libtorch">The loaded libtorch_cpu.</param>
    internal static void Catch(LoadedLibrary torchSharp, nint libtorch) => AreCaught =
        NativeLibrary.TryGetExport(libtorch, Called, out var mm) && NativeLibrary.TryGetExport(libtorch, Wanted, out var matmul)
        && torchSharp.RebindImport(Called, mm, matmul) && torchSharp.Rebind(Uncaught, torchSharp.AddressOf(Catching));
}
