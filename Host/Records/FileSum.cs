using System.Security.Cryptography;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>Checksums of files.</summary>
public static class FileSum
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file, or of its beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Bytes; null for all.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static string Of(string path, long? length = null) => DataFile.Guard(path, () =>
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var hash = Of(stream, length ?? stream.Length);
        return Digest(hash);
    });

    /// <summary>The sum of a stream's beginning, to be gone on with; the stream's place stays.</summary>
    internal static IncrementalHash Of(Stream stream, long length)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var place = stream.Position;
        stream.Seek(0, SeekOrigin.Begin);
        for (var left = length; left > 0;)
        {
            var read = stream.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (read == 0) break;
            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }
        stream.Seek(place, SeekOrigin.Begin);
        return hash;
    }

    /// <summary>The digits of a sum.</summary>
    internal static string Digest(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
