using System.IO.Hashing;
using PluginHost.Host.Models.Checkpoints.Pickle;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>
/// What <c>torch.save</c> has written since PyTorch 1.6: a zip with <c>ROOT/data.pkl</c>, a file <c>ROOT/data/KEY</c> a storage,
/// <c>ROOT/version</c> and in newer ones <c>ROOT/byteorder</c>.
/// </summary>
internal static class TorchZip
{
    private const int MaximumPickle = 256 << 20;

    /// <summary>Opens such a file, which the result owns.</summary>
    /// <exception cref="DataException">It is malformed.</exception>
    /// <exception cref="PickleException">Its pickle is refused.</exception>
    public static TorchCheckpoint Open(MappedFile file)
    {
        var entries = ZipEntries.Read(file);
        var pickle = entries.SingleOrDefaultOf(e =>
            e.Name.EndsWith("/data.pkl", StringComparison.Ordinal) && e.Name.Count(c => c == '/') == 1)
            ?? throw new DataException($"'{file.Path}' is a zip without the one data.pkl of a PyTorch file. Is it the right file?");
        var root = pickle.Name[..^"data.pkl".Length];
        CheckByteOrder(file, entries.FirstOrDefault(e => e.Name == root + "byteorder"));
        if (pickle.Length > MaximumPickle)
            throw new DataException($"'{file.Path}': its data.pkl has {pickle.Length:N0} bytes, more than the {MaximumPickle:N0} that are "
                + "read; no model needs as many.");
        var bytes = new byte[pickle.Length];
        file.Read(pickle.Offset, bytes);
        if (Crc32.HashToUInt32(bytes) != pickle.Crc)
            throw new DataException($"'{file.Path}': the checksum of its data.pkl does not match; the file is damaged. Fetch it again.");
        var content = PickleReader.Read(new MemoryStream(bytes, writable: false), new TorchWorld());
        var data = root + "data/";
        var regions = entries.Where(e => e.Name.StartsWith(data, StringComparison.Ordinal))
            .ToDictionary(e => e.Name[data.Length..], e => new TorchCheckpoint.Region(e.Offset, e.Length, e.Crc));
        return new TorchCheckpoint(file, "PyTorch zip", content, regions);
    }

    private static void CheckByteOrder(MappedFile file, ZipEntry? entry)
    {
        if (entry is null) return;
        var bytes = new byte[Math.Min(entry.Length, 16)];
        file.Read(entry.Offset, bytes);
        if (!bytes.AsSpan().SequenceEqual("little"u8))
            throw new DataException(
                $"'{file.Path}' was written on a big-endian machine, which is not supported; save it again on a common one.");
    }

    private static ZipEntry? SingleOrDefaultOf(this IEnumerable<ZipEntry> entries, Func<ZipEntry, bool> wanted)
    {
        var found = entries.Where(wanted).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
