using System.Buffers.Binary;
using System.Text;

namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>The bytes of a pickle. A length is believed only when that many bytes are there.</summary>
/// <param name="stream">At the pickle's first byte; left behind its last. Seekable.</param>
internal sealed class PickleInput(Stream stream)
{
    private const int LongestLine = 1 << 16;

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Where the next byte is, counted from the stream's start.</summary>
    public long Position => stream.Position;

    public byte Byte()
    {
        var value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw Ended();
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(stackalloc byte[2]));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(stackalloc byte[4]));

    public long Length32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(stackalloc byte[4]));

    public ulong Length64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(stackalloc byte[8]));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(stackalloc byte[8]));

    /// <summary>Some bytes.</summary>
    public byte[] Bytes(ulong length)
    {
        if (length > (ulong)(stream.Length - stream.Position)) throw Ended();
        if (length > (ulong)Array.MaxLength) throw new PickleException($"a value of {length:N0} bytes is too large");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Text of a length in UTF-8.</summary>
    public string Text(ulong length)
    {
        try { return strict.GetString(Bytes(length)); }
        catch (DecoderFallbackException) { throw new PickleException("a text is not UTF-8"); }
    }

    /// <summary>Text of a length, a character a byte, as Python 2 wrote it.</summary>
    public string Latin(ulong length) => System.Text.Encoding.Latin1.GetString(Bytes(length));

    /// <summary>Text up to a line feed, which is taken too.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (var next = Byte(); next != '\n'; next = Byte())
            if (line.Append((char)next).Length > LongestLine) throw new PickleException("a line does not end");
        return line.ToString();
    }

    private Span<byte> Take(Span<byte> target)
    {
        try { stream.ReadExactly(target); }
        catch (EndOfStreamException) { throw Ended(); }
        return target;
    }

    private static PickleException Ended() => new("it ends in the middle: the file is truncated");
}
