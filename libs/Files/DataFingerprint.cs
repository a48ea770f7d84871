using System.Globalization;
using System.Security.Cryptography;

namespace PluginHost.Libs.Files;

/// <summary>What a data file was when the run read it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hexadecimal; null for files over <see cref="HashLimit"/>.</param>
/// <param name="Modified">UTC time of the last change, kept in place of the hash of a very large file.</param>
public sealed record DataFingerprint(string Path, long Bytes, string? Sha256, string? Modified)
{
    /// <summary>Larger files are known by size and time alone: hashing them would take longer than many a run.</summary>
    public const long HashLimit = 8L << 30;

    /// <summary>Reads a file through once, streaming.</summary>
    public static DataFingerprint Of(string path)
    {
        if (DataFile.IsPiped(path)) return OfPiped(path);
        var full = System.IO.Path.GetFullPath(path);
        var info = new FileInfo(RealPath.Of(path));
        if (info.Length > HashLimit)
            return new DataFingerprint(full, info.Length, null, info.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return new DataFingerprint(full, info.Length, Convert.ToHexStringLower(SHA256.HashData(stream)), null);
    }

    private static DataFingerprint OfPiped(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = DataFile.OpenRead(path);
        var buffer = new byte[1 << 18];
        var bytes = 0L;
        for (int read; (read = stream.Read(buffer)) > 0; bytes += read) hash.AppendData(buffer, 0, read);
        return new DataFingerprint(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
    }

    /// <summary>Whether both describe the same content.</summary>
    public bool SameContent(DataFingerprint other) => Bytes == other.Bytes && Sha256 == other.Sha256 && Modified == other.Modified;
}
