using System.Security.Cryptography;

namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>Copies what says itself how long it is, and may say too little.</summary>
internal static class BoundedCopy
{
    /// <summary>Copies a stream.</summary>
    /// <param name="from">Read to its end.</param>
    /// <param name="to">Written.</param>
    /// <param name="most">Bytes; nothing more is written.</param>
    /// <returns>The bytes and their SHA-256; null where there were more.</returns>
    public static (long Bytes, string Sha256)? To(Stream from, Stream to, long most)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var bytes = 0L;
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if ((bytes += read) > most) return null;
            hash.AppendData(buffer.AsSpan(0, read));
            to.Write(buffer.AsSpan(0, read));
        }
        return (bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
