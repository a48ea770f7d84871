using System.Runtime.InteropServices;

namespace PluginHost.Torch.Loading;

/// <summary>
/// Gives TorchSharp 0.107's <c>matmul</c> back its exceptions. Its native function lets libtorch's errors pass into .NET, which ends
/// the process: two shapes that do not fit, or memory that runs out in a product, would be a crash instead of an exception.
/// </summary>
/// <remarks>
/// The neighbouring <c>mm</c> of the same arguments and result does catch them. So the name of matmul's function is bound to mm's, and
/// what that calls in libtorch to libtorch's matmul, which for two matrices is mm. Only data of the loaded library in this process's
/// memory is changed: an entry of its symbol table, and one of its table of imported functions.
/// </remarks>
internal static unsafe partial class MatmulErrors
{
    private const string Uncaught = "THSTensor_matmul", Catching = "THSTensor_mm";
    private const string Called = "_ZN2at4_ops2mm4callERKNS_6TensorES4_", Wanted = "_ZN2at4_ops6matmul4callERKNS_6TensorES4_";
    private const int ReadOnly = 1, ReadWrite = 3;

    /// <summary>Whether it was done: where the library is not as expected, it is left as it is.</summary>
    internal static bool IsDone { get; private set; }

    /// <summary>Does it, before the first call of matmul.</summary>
    /// <param name="path">TorchSharp's native library, loaded from this file.</param>
    /// <param name="libtorch">The loaded libtorch_cpu.</param>
    internal static void Catch(string path, nint libtorch)
    {
        var image = new ElfImage(File.ReadAllBytes(path));
        if (!NativeLibrary.TryLoad(path, out var library) || !NativeLibrary.TryGetExport(library, Catching, out var catching)
            || !NativeLibrary.TryGetExport(libtorch, Wanted, out var wanted)) return;
        var (uncaughtSymbol, catchingSymbol) = (Exported(image, Uncaught), Exported(image, Catching));
        if (uncaughtSymbol == 0 || catchingSymbol == 0 || image.ImportSlot(Called) is not { } slot) return;

        var start = catching - (nint)image.ValueOf(catchingSymbol);
        var called = (nint*)(start + (nint)slot);
        var value = (ulong*)(start + (nint)image.AddressOfSymbol(uncaughtSymbol) + 8);
        // What is about to be changed must be what the file says.
        if (*value != image.ValueOf(uncaughtSymbol) || !NativeLibrary.TryGetExport(libtorch, Called, out var mm) || *called != mm) return;
        var page = (nint)value & ~(nint)(Environment.SystemPageSize - 1);
        if (mprotect(page, (nuint)((nint)value + 8 - page), ReadWrite) != 0) return;
        *value = image.ValueOf(catchingSymbol);
        _ = mprotect(page, (nuint)((nint)value + 8 - page), ReadOnly);
        *called = wanted;
        IsDone = true;
    }

    private static int Exported(ElfImage image, string name) => image.Exported.FirstOrDefault(symbol => image.NameOf(symbol) == name);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint length, int protection);
}
