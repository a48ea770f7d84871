using System.Runtime.InteropServices;
using PluginHost.Torch.Loading;

namespace PluginHost.Torch.Defects;

/// <summary>
/// A library in this process's memory whose functions can be given other addresses: data is changed, entries of its symbol table and
/// of its table of imported functions, and no code. What is about to be changed must be what the file says.
/// </summary>
internal sealed unsafe partial class LoadedLibrary
{
    private const int ReadOnly = 1, ReadWrite = 3;

    private readonly ElfImage image;
    private readonly Dictionary<string, int> exported;
    private readonly nint start;

    /// <param name="path">The file it was loaded from.</param>
    /// <param name="known">A function that it exports.</param>
    /// <exception cref="LibtorchException">It is not loaded, or has no such function.</exception>
    internal LoadedLibrary(string path, string known)
    {
        image = new ElfImage(File.ReadAllBytes(path));
        exported = [];
        foreach (var symbol in image.Exported) exported.TryAdd(image.NameOf(symbol), symbol);
        if (!NativeLibrary.TryLoad(path, out var library) || !NativeLibrary.TryGetExport(library, known, out var address)
            || !exported.ContainsKey(known))
            throw new LibtorchException($"{path} has no function {known}: it is not TorchSharp's library.");
        start = address - (nint)image.ValueOf(exported[known]);
    }

    /// <summary>Where an exported function is; 0 where there is none.</summary>
    internal nint AddressOf(string name) => exported.TryGetValue(name, out var symbol) ? start + (nint)image.ValueOf(symbol) : 0;

    /// <summary>Has everyone who looks an exported function up from now on find another.</summary>
    /// <returns>Whether it was done.</returns>
    internal bool Rebind(string name, nint address)
    {
        if (!exported.TryGetValue(name, out var symbol) || address == 0) return false;
        var value = (ulong*)(start + (nint)image.AddressOfSymbol(symbol) + 8);
        if (*value != image.ValueOf(symbol)) return false;
        var page = (nint)value & ~(nint)(Environment.SystemPageSize - 1);
        var length = (nuint)((nint)value + 8 - page);
        if (mprotect(page, length, ReadWrite) != 0) return false;
        *value = (ulong)(address - start);
        _ = mprotect(page, length, ReadOnly);
        return true;
    }

    /// <summary>Has the library itself call another function in place of one that it imports.</summary>
    /// <param name="function">The imported function's name.</param>
    /// <param name="now">Where it is.</param>
    /// <param name="instead">Where the other one is.</param>
    /// <returns>Whether it was done.</returns>
    internal bool RebindImport(string function, nint now, nint instead)
    {
        if (now == 0 || instead == 0 || image.ImportSlot(function) is not { } slot) return false;
        var called = (nint*)(start + (nint)slot);
        if (*called != now) return false;
        *called = instead;
        return true;
    }

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint length, int protection);
}
