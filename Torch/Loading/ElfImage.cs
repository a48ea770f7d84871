using System.Buffers.Binary;
using System.Text;

namespace PluginHost.Torch.Loading;

/// <summary>
/// A 64-bit little-endian ELF shared object as its dynamic segment describes it: symbols, and the versions they need.
/// </summary>
/// <remarks>Whatever is read of a damaged file ends in <see cref="InvalidDataException"/>.</remarks>
internal sealed class ElfImage
{
    private const int Strings = 5, Symbols = 6, StringsSize = 10, GnuHash = 0x6ffffef5, VersionOf = 0x6ffffff0, Needed = 0x6ffffffe,
        NeededCount = 0x6fffffff, Imports = 23, ImportsSize = 2;
    private const int SymbolSize = 24;

    private readonly byte[] bytes;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> segments = [];
    private readonly Dictionary<long, ulong> dynamic = [];

    internal ElfImage(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("it is not a 64-bit ELF library");
        ReadSegments();
    }

    /// <summary>The instruction set: 62 is x86-64, 183 is AArch64.</summary>
    internal int Machine => U16(18);

    /// <summary>Symbols that are not in the hash table: those the library takes from others. Index 0 is no symbol.</summary>
    internal IEnumerable<int> Undefined => Enumerable.Range(1, Math.Max(0, Place(U32(At(GnuHash) + 4)) - 1));

    /// <summary>Symbols that others can find in it: those of its hash table.</summary>
    internal IEnumerable<int> Exported
    {
        get
        {
            // Buckets, first hashed symbol, bloom words; then the bloom filter, the buckets, and a chain whose last entries are odd.
            var table = At(GnuHash);
            var (buckets, first, bloom) = (Place(U32(table)), Place(U32(table + 4)), Place(U32(table + 8)));
            var bucketsAt = table + 16 + (bloom * 8);
            var last = Enumerable.Range(0, buckets).Select(i => Place(U32(bucketsAt + (i * 4)))).DefaultIfEmpty().Max();
            if (last < first) return [];
            var chain = bucketsAt + (buckets * 4);
            while ((U32(chain + ((last - first) * 4)) & 1) == 0) last++;
            return Enumerable.Range(first, last - first + 1);
        }
    }

    /// <summary>Whether the library does without a symbol it takes.</summary>
    internal bool IsWeak(int symbol) => Slice(SymbolAt(symbol) + 4, 1)[0] >> 4 == 2;

    internal string NameOf(int symbol) => Text(U32(SymbolAt(symbol)));

    /// <summary>Where the offset of a symbol's name stands in the file.</summary>
    internal int SymbolAt(int symbol) => At(Symbols) + (symbol * SymbolSize);

    /// <summary>A symbol's address, from the beginning of the library in memory.</summary>
    internal ulong ValueOf(int symbol) => U64(SymbolAt(symbol) + 8);

    /// <summary>The address of a symbol's own entry, from the beginning of the library in memory.</summary>
    internal ulong AddressOfSymbol(int symbol) => Value(Symbols) + ((ulong)symbol * SymbolSize);

    /// <summary>The address of the word that says where an imported function is, from the library's beginning in memory; or null.</summary>
    internal ulong? ImportSlot(string function)
    {
        if (!dynamic.TryGetValue(ImportsSize, out var size)) return null;
        for (int entry = At(Imports), end = entry + Place(size); entry < end; entry += 24)
            if (NameOf(Place(U64(entry + 8) >> 32)) == function) return U64(entry);
        return null;
    }

    /// <summary>Where a symbol's version index stands in the file.</summary>
    internal int VersionAt(int symbol) => At(VersionOf) + (symbol * 2);

    /// <summary>The offset of a text in the string table, or -1.</summary>
    internal int FindText(string text)
    {
        var table = Slice(At(Strings), Place(Value(StringsSize)));
        var found = table.IndexOf(Encoding.ASCII.GetBytes($"\0{text}\0"));
        return found < 0 ? -1 : found + 1;
    }

    /// <summary>Every version this library needs of another: its name, its index, and where its flags stand in the file.</summary>
    internal IEnumerable<(string Name, int Index, int FlagsAt)> NeededVersions()
    {
        var file = At(Needed);
        for (var i = 0; i < Place(Value(NeededCount)); i++, file += Place(U32(file + 12)))
        {
            var entry = file + Place(U32(file + 8));
            for (var j = 0; j < U16(file + 2); j++, entry += Place(U32(entry + 12)))
                yield return (Text(U32(entry + 8)), U16(entry + 6), entry + 4);
        }
    }

    internal ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    internal uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(at, 8));

    private void ReadSegments()
    {
        var headers = Place(U64(32));
        for (var i = 0; i < U16(56); i++)
        {
            var header = headers + (i * U16(54));
            if (U32(header) == 1) segments.Add((U64(header + 16), U64(header + 8), U64(header + 32)));
        }

        for (var i = 0; i < U16(56); i++)
        {
            var header = headers + (i * U16(54));
            if (U32(header) != 2) continue;
            for (var entry = Place(U64(header + 8)); U64(entry) != 0; entry += 16) dynamic[(long)U64(entry)] = U64(entry + 8);
        }

        foreach (var tag in (int[])[Strings, Symbols, StringsSize, GnuHash]) _ = Value(tag);
    }

    private ulong Value(long tag) => dynamic.TryGetValue(tag, out var value) ? value
        : throw new InvalidDataException($"its dynamic segment has no entry 0x{tag:x}");

    // A dynamic entry is an address in memory; the file has it elsewhere.
    private int At(long tag)
    {
        var address = Value(tag);
        foreach (var segment in segments)
            if (address >= segment.Address && address < segment.Address + segment.Size)
                return Place(address - segment.Address + segment.Offset);
        throw Damaged;
    }

    private string Text(uint offset)
    {
        var table = Slice(At(Strings), Place(Value(StringsSize)));
        var rest = offset < table.Length ? table[(int)offset..] : throw Damaged;
        return rest.IndexOf((byte)0) is var end and >= 0 ? Encoding.ASCII.GetString(rest[..end]) : throw Damaged;
    }

    private ReadOnlySpan<byte> Slice(int at, int count) =>
        at >= 0 && count >= 0 && at <= bytes.Length - count ? bytes.AsSpan(at, count) : throw Damaged;

    // A place in the file, or a number of things in it: never beyond its length.
    private int Place(ulong value) => value <= (ulong)bytes.Length ? (int)value : throw Damaged;

    private static InvalidDataException Damaged => new("it is a damaged ELF library");
}
