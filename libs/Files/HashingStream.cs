using System.Security.Cryptography;

namespace PluginHost.Libs.Files;

/// <summary>Passes writes on and hashes them with SHA-256 on the way, so that a large file is not read back for its checksum.</summary>
public sealed class HashingStream(Stream target) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Lower-case hexadecimal SHA-256 of everything written.</summary>
    public string Digest() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => Written;
    public override long Position { get => Written; set => throw new NotSupportedException("A hashing stream only goes forward."); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        target.Write(buffer);
        Written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() => target.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A hashing stream is only written.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A hashing stream only goes forward.");
    public override void SetLength(long value) => throw new NotSupportedException("A hashing stream only goes forward.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }
}
