namespace PluginHost.Libs.Files.Compressed;

/// <summary>How a file's bytes are packed, told from the bytes and never from the name.</summary>
public enum Compression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (RFC 1952): can only be read from the start.</summary>
    Gzip,

    /// <summary>
    /// bgzip: gzip in blocks of at most 64 KiB that each tell their size (SAM specification, section 4.1), so it can be read anywhere.
    /// </summary>
    Bgzf,
}

/// <summary>Tells compressions apart.</summary>
public static class CompressionSniffer
{
    /// <summary>Looks at a file's first bytes.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static Compression Detect(string path)
    {
        using var file = DataFile.OpenRead(path);
        Span<byte> head = stackalloc byte[BgzfHeader.Probe];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length < 2 || head[0] != 0x1F || head[1] != 0x8B) return Compression.None;
        return BgzfHeader.TryRead(head, out _) ? Compression.Bgzf : Compression.Gzip;
    }
}
