using System.Buffers.Binary;

namespace PluginHost.Plugins.Tests.TensorBoard;

/// <summary>Reads event files by the format alone: TFRecord framing with masked CRC32C sums, and the protocol buffers in it.</summary>
internal static class EventFile
{
    public sealed record Scalar(string Tag, float Value, long Step, double Time);

    /// <summary>The scalars of a file whose every length and checksum is right.</summary>
    public static IReadOnlyList<Scalar> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        List<Scalar> scalars = [];
        var first = true;
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            var data = bytes.AsSpan(at + 12, length);
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            var fields = Fields(data);
            if (first) Assert.Equal("brain.Event:2", System.Text.Encoding.UTF8.GetString((byte[])fields[3]));
            else scalars.Add(ToScalar(fields));
            first = false;
            at += 16 + length;
        }
        return scalars;
    }

    // Event: 1 wall_time (double), 2 step (int64), 5 summary; Summary: 1 value; Value: 1 tag, 2 simple_value (float).
    private static Scalar ToScalar(Dictionary<int, object> fields)
    {
        var value = Fields((byte[])Fields((byte[])fields[5])[1]);
        return new Scalar(
            System.Text.Encoding.UTF8.GetString((byte[])value[1]), BitConverter.UInt32BitsToSingle((uint)value.GetValueOrDefault(2, 0u)),
            (long)(ulong)fields.GetValueOrDefault(2, 0ul), BitConverter.UInt64BitsToDouble((ulong)fields[1]));
    }

    private static Dictionary<int, object> Fields(ReadOnlySpan<byte> data)
    {
        var fields = new Dictionary<int, object>();
        while (data.Length > 0)
        {
            var key = Varint(ref data);
            fields[(int)(key >> 3)] = (key & 7) switch
            {
                0 => Varint(ref data),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(Take(ref data, 8)),
                2 => Take(ref data, (int)Varint(ref data)).ToArray(),
                5 => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref data, 4)),
                var type => throw new InvalidDataException($"wire type {type}"),
            };
        }
        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        var (value, i) = (0ul, 0);
        do value |= (ulong)(data[i] & 127) << (7 * i);
        while (data[i++] >= 128);
        data = data[i..];
        return value;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> data, int count)
    {
        var taken = data[..count];
        data = data[count..];
        return taken;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Crc32C(data);
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }

    // Castagnoli's polynomial, bits reversed, a bit at a time.
    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
        }
        return ~crc;
    }
}
