using System.IO.Compression;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Packs bytes as gzip and bgzip do.</summary>
public static class Pack
{
    public static byte[] Gzip(byte[] bytes, int members = 1)
    {
        var packed = new MemoryStream();
        for (var i = 0; i < members; i++)
        {
            var (from, to) = (bytes.Length * i / members, bytes.Length * (i + 1) / members);
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(bytes, from, to - from);
        }
        return packed.ToArray();
    }

    public static byte[] Bgzip(byte[] bytes, int blockBytes = 0xff00, bool end = true)
    {
        var packed = new MemoryStream();
        for (var at = 0; at < bytes.Length; at += blockBytes) Block(packed, bytes.AsSpan(at, Math.Min(blockBytes, bytes.Length - at)));
        if (end) Block(packed, []);
        return packed.ToArray();
    }

    private static void Block(MemoryStream packed, ReadOnlySpan<byte> content)
    {
        var plain = new MemoryStream();
        using (var gzip = new GZipStream(plain, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(content);
        // .NET writes the plain ten-byte header (nothing at all for no content): put the extra field that holds the size into it.
        var deflated = content.Length == 0 ? [3, 0, 0, 0, 0, 0, 0, 0, 0, 0] : plain.ToArray().AsSpan(10);
        var size = 18 + deflated.Length - 1;
        packed.Write([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, (byte)'B', (byte)'C', 2, 0, (byte)size, (byte)(size >> 8)]);
        packed.Write(deflated);
    }
}
