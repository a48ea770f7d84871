using System.Buffers.Binary;

namespace PluginHost.Torch.Loading;

/// <summary>
/// Lets TorchSharp's native library load where the system's libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9).
/// </summary>
/// <remarks>
/// The library takes one symbol from GCC 13: a function without arguments or result that initialises the standard streams. An
/// older libstdc++ initialises them when it is loaded, so the call may do nothing: it is pointed at a harmless function of the
/// same shape that libtorch exports, and the version it asked for becomes optional. Everything else in the file stays.
/// </remarks>
internal static class StreamsMend
{
    internal const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Version = "GLIBCXX_3.4.32";
    private const string Harmless = "_ZN2at15get_num_threadsEv";
    private const ushort Weak = 2; // VER_FLG_WEAK: the loader goes on where the version is absent

    /// <summary>Whether a library takes the symbol at all.</summary>
    internal static bool Concerns(byte[] library) => Find(new ElfImage(library), Symbol) > 0;

    /// <summary>The mended bytes of a library; the argument stays as it is.</summary>
    /// <exception cref="InvalidDataException">The library is not built as expected, so that nothing may be changed in it.</exception>
    internal static byte[] Apply(byte[] library)
    {
        var image = new ElfImage(library);
        var (symbol, harmless) = (Find(image, Symbol), Find(image, Harmless));
        var name = image.FindText(Harmless);
        if (symbol == 0 || harmless == 0 || name < 0) throw Unexpected($"it does not take both {Symbol} and {Harmless}");
        var needed = image.NeededVersions().Where(v => v.Name == Version).ToList();
        if (needed.Count != 1) throw Unexpected($"it needs {Version} {needed.Count} times");
        var users = image.Undefined.Where(s => image.U16(image.VersionAt(s)) == needed[0].Index).ToList();
        if (users is not [var only] || only != symbol)
            throw Unexpected($"{users.Count} of its symbols need {Version}, not {Symbol} alone");

        var mended = (byte[])library.Clone();
        Write(needed[0].FlagsAt, (ushort)(image.U16(needed[0].FlagsAt) | Weak));
        Write(image.VersionAt(symbol), image.U16(image.VersionAt(harmless)));
        BinaryPrimitives.WriteUInt32LittleEndian(mended.AsSpan(image.SymbolAt(symbol)), (uint)name);
        return mended;

        void Write(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(mended.AsSpan(at), value);
    }

    private static int Find(ElfImage image, string name) => image.Undefined.FirstOrDefault(s => image.NameOf(s) == name);

    private static InvalidDataException Unexpected(string why) => new($"it is not the library this host knows how to mend: {why}");
}
