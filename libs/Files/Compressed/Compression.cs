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
    private static readonly (byte[] Magic, string Name, string Remedy)[] foreign =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive (or a spreadsheet)", "unpack it, or save the spreadsheet as CSV"),
        ([0x42, 0x5A, 0x68], "bzip2-compressed", "unpack it (bunzip2) or pack it with bgzip"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz-compressed", "unpack it (unxz) or pack it with bgzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed", "unpack it (unzstd) or pack it with bgzip"),
        ([0x43, 0x27, 0x41, 0x1A], "a 2bit file", "convert it with twoBitToFa"),
        ([0x1A, 0x41, 0x27, 0x43], "a 2bit file", "convert it with twoBitToFa"),
        ([0x50, 0x41, 0x52, 0x31], "a Parquet file", "export it as CSV"),
        ([0xFF, 0xFE], "UTF-16 text", "save it as UTF-8"),
        ([0xFE, 0xFF], "UTF-16 text", "save it as UTF-8"),
    ];

    /// <summary>Looks at a file's first bytes.</summary>
    /// <exception cref="DataException">They belong to a format the host does not read.</exception>
    public static Compression Detect(ReadOnlySpan<byte> head, string path)
    {
        if (head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B)
            return BgzfHeader.TryRead(head, out _) ? Compression.Bgzf : Compression.Gzip;
        foreach (var (magic, name, remedy) in foreign)
            if (head.StartsWith(magic))
                throw new DataException($"{DataFile.Show(path)} is {name}, which is not read directly; {remedy}.");
        return Compression.None;
    }
}
