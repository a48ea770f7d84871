using System.Security.Cryptography;

namespace PluginHost.Libs.Files;

/// <summary>Passes writes on and hashes them with SHA-256 on the way, so that a large file is not read back for its checksum.</summary>
public sealed class HashingStream(Stream target) : ForwardWriter
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Lower-case hexadecimal SHA-256 of everything written.</summary>
    public string Digest() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        target.Write(buffer);
        Written += buffer.Length;
    }

    public override void Flush() => target.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }
}
