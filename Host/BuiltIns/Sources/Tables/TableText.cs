using PluginHost.Host.BuiltIns.Sources.Files;

namespace PluginHost.Host.BuiltIns.Sources.Tables;

/// <summary>Opens a table's bytes, unpacking gzip, and refuses what is no table.</summary>
internal static class TableText
{
    private const int Probe = 4096;

    /// <summary>Opens a file from its first byte after a look at the beginning.</summary>
    /// <exception cref="DataException">It is missing, empty, or no table.</exception>
    public static Stream Open(string path)
    {
        var head = new byte[Probe];
        int read;
        using (var handle = DataFile.Open(path)) read = DataFile.ReadAt(handle, path, 0, head);
        var packed = CompressionSniffer.Detect(head.AsSpan(0, read), path) != Compression.None;
        if (packed)
        {
            using (var probe = Unpack(path)) read = probe.ReadAtLeast(head, Probe, throwOnEndOfStream: false);
            if (read == 0) throw new DataException($"{DataFile.Show(path)} is empty once unpacked; download or export it again.");
        }
        Check(head.AsSpan(0, read), path);
        return packed ? Unpack(path) : DataFile.Guard(path, () => File.OpenRead(path));
    }

    private static GzipText Unpack(string path) => new(DataFile.Guard(path, () => File.OpenRead(path)), path);

    private static void Check(ReadOnlySpan<byte> head, string path)
    {
        if (head.ContainsAnyInRange((byte)0, (byte)8))
            throw new DataException($"{DataFile.Show(path)} is not text, so not a table; check that it is the right file.");
        if (head.TrimStart("\r\n\t "u8).StartsWith(">"u8))
            throw new DataException($"{DataFile.Show(path)}:1: '>' begins a FASTA record, not a table; read it with 'use: fasta'.");
        if (!head.ContainsAnyExcept("\r\n\t "u8))
            throw new DataException($"{DataFile.Show(path)} holds nothing but blanks; download or export it again.");
    }
}
