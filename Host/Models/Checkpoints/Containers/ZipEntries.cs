using System.Buffers.Binary;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>A file inside a zip, stored as it is.</summary>
/// <param name="Name">Its name, with folders.</param>
/// <param name="Offset">Where its bytes begin in the zip.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Crc">Their checksum as the zip tells it.</param>
internal sealed record ZipEntry(string Name, long Offset, long Length, uint Crc);

/// <summary>
/// The directory of a zip (PKWARE APPNOTE 6.3, with zip64) as torch writes them: every entry stored, not compressed, so that
/// it can be read where it lies and no file is larger than it looks. Anything else is refused.
/// </summary>
internal static class ZipEntries
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50, EntrySignature = 0x02014b50,
        LocalSignature = 0x04034b50;
    private const int EndLength = 22, Locator64Length = 20, End64Length = 56, EntryLength = 46, LocalLength = 30;
    private const int MaximumDirectory = 256 << 20;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="DataException">
    /// It is damaged, or has entries that are compressed, encrypted, overlapping, named twice or outside the zip's own folder.
    /// </exception>
    public static IReadOnlyList<ZipEntry> Read(MappedFile file)
    {
        DataException Bad(string why) => new($"'{file.Path}' is not a zip that torch wrote: {why}. It is refused.");
        var (count, start, length) = Directory(file, Bad);
        if (length > MaximumDirectory) throw Bad($"its directory claims {length:N0} bytes");
        var bytes = new byte[length];
        file.Read(start, bytes);
        List<ZipEntry> entries = [];
        HashSet<string> names = [];
        ReadOnlySpan<byte> rest = bytes;
        for (var i = 0L; i < count; i++)
        {
            var entry = Entry(file, ref rest, start, Bad);
            if (entry.Name.EndsWith('/') && entry.Length == 0) continue;
            if (!names.Add(entry.Name)) throw Bad($"it has '{Shown(entry.Name)}' twice");
            entries.Add(entry);
        }
        if (!rest.IsEmpty) throw Bad("its directory has bytes that belong to no entry");
        CheckApart(entries, Bad);
        return entries;
    }

    private static (long Count, long Start, long Length) Directory(MappedFile file, Func<string, DataException> bad)
    {
        var (at, end) = FindEnd(file)
            ?? throw new DataException(
            $"'{file.Path}' begins as a zip, but its directory is missing: the file is truncated. Fetch it again.");
        long count = U16(end, 10), length = U32(end, 12), start = U32(end, 16);
        if (count == 0xffff || length == 0xffffffff || start == 0xffffffff)
        {
            if (at < Locator64Length) throw bad("its zip64 directory is missing");
            Span<byte> locator = stackalloc byte[Locator64Length];
            file.Read(at - Locator64Length, locator);
            var place = U64(locator, 8);
            if (U32(locator, 0) != Locator64Signature || place < 0 || place > at - Locator64Length - End64Length)
                throw bad("its zip64 directory is missing");
            Span<byte> end64 = stackalloc byte[End64Length];
            file.Read(place, end64);
            if (U32(end64, 0) != End64Signature) throw bad("its zip64 directory is damaged");
            (count, length, start) = (U64(end64, 32), U64(end64, 40), U64(end64, 48));
            at = place;
        }
        if (start < 0 || length < 0 || length > at || start > at - length || count < 0 || count > length / EntryLength)
            throw bad("its directory lies outside the file");
        return (count, start, length);
    }

    /// <summary>The end record, which only a comment may follow.</summary>
    private static (long At, byte[] Record)? FindEnd(MappedFile file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + ushort.MaxValue)];
        file.Read(file.Length - tail.Length, tail);
        for (var i = tail.Length - EndLength; i >= 0; i--)
            if (U32(tail, i) == EndSignature && i + EndLength + U16(tail, i + 20) == tail.Length)
                return (file.Length - tail.Length + i, tail[i..(i + EndLength)]);
        return null;
    }

    private static ZipEntry Entry(MappedFile file, ref ReadOnlySpan<byte> rest, long directory, Func<string, DataException> bad)
    {
        if (rest.Length < EntryLength || U32(rest, 0) != EntrySignature) throw bad("its directory is damaged");
        var (nameLength, extraLength, commentLength) = (U16(rest, 28), U16(rest, 30), U16(rest, 32));
        if (rest.Length < EntryLength + nameLength + extraLength + commentLength) throw bad("its directory is damaged");
        var name = System.Text.Encoding.UTF8.GetString(rest.Slice(EntryLength, nameLength));
        CheckName(name, bad);
        if ((U16(rest, 8) & 0x2041) != 0) throw bad($"'{Shown(name)}' in it is encrypted");
        if (U16(rest, 10) != 0)
            throw bad($"'{Shown(name)}' in it is compressed, as a file that unpacks to any size would be; save it again with torch.save");
        long packed = U32(rest, 20), length = U32(rest, 24), local = U32(rest, 42);
        Zip64(rest.Slice(EntryLength + nameLength, extraLength), ref length, ref packed, ref local);
        if (packed != length || length < 0) throw bad($"'{Shown(name)}' in it claims {length:N0} bytes but has {packed:N0}");
        var crc = U32(rest, 16);
        rest = rest[(EntryLength + nameLength + extraLength + commentLength)..];
        return new ZipEntry(name, Data(file, name, local, length, directory, bad), length, crc);
    }

    /// <summary>Where an entry's bytes begin: behind its own header, which repeats the name.</summary>
    private static long Data(MappedFile file, string name, long local, long length, long directory, Func<string, DataException> bad)
    {
        if (local < 0 || local > directory - LocalLength) throw bad($"'{Shown(name)}' in it lies outside the file");
        Span<byte> header = stackalloc byte[LocalLength];
        file.Read(local, header);
        var begin = local + LocalLength + U16(header, 26) + U16(header, 28);
        if (U32(header, 0) != LocalSignature || U16(header, 8) != 0 || begin > directory || length > directory - begin)
            throw bad($"'{Shown(name)}' in it lies outside the file");
        var own = new byte[U16(header, 26)];
        file.Read(local + LocalLength, own);
        if (System.Text.Encoding.UTF8.GetString(own) != name) throw bad($"'{Shown(name)}' in it is called otherwise in its own header");
        return begin;
    }

    private static void Zip64(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long local)
    {
        while (extra.Length >= 4)
        {
            var size = Math.Min(U16(extra, 2), extra.Length - 4);
            var field = extra.Slice(4, size);
            if (U16(extra, 0) == 1)
            {
                if (length == 0xffffffff) length = Next(ref field);
                if (packed == 0xffffffff) packed = Next(ref field);
                if (local == 0xffffffff) local = Next(ref field);
            }
            extra = extra[(4 + size)..];
        }
    }

    private static long Next(ref ReadOnlySpan<byte> field)
    {
        if (field.Length < 8) return -1;
        var value = U64(field, 0);
        field = field[8..];
        return value;
    }

    private static void CheckName(string name, Func<string, DataException> bad)
    {
        if (name.Length == 0 || name[0] == '/' || name.AsSpan().ContainsAny("\\:\0\uFFFD") || name.Split('/').Contains(".."))
            throw bad($"it has an entry '{Shown(name)}', whose name leads out of the zip's folder");
    }

    private static void CheckApart(List<ZipEntry> entries, Func<string, DataException> bad)
    {
        var end = 0L;
        foreach (var entry in entries.Where(e => e.Length > 0).OrderBy(e => e.Offset))
        {
            if (entry.Offset < end) throw bad($"'{Shown(entry.Name)}' in it overlaps another entry");
            end = entry.Offset + entry.Length;
        }
    }

    /// <summary>A name for a message: short, and without characters that could act on a terminal.</summary>
    private static string Shown(string name) =>
        new([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
