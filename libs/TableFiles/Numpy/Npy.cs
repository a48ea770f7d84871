using System.Buffers.Binary;

namespace PluginHost.Libs.TableFiles.Numpy;

/// <summary>
/// The head of numpy's <c>.npy</c> files, version 1.0: magic, length, and a Python dictionary padded to a multiple of 64 bytes.
/// </summary>
internal static class Npy
{
    private const int Alignment = 64;

    /// <summary>Writes it; the elements follow in C order.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="type">As numpy writes it: <c>&lt;f4</c>, <c>&lt;i8</c>, <c>&lt;U12</c>.</param>
    /// <param name="shape">The array's.</param>
    public static void WriteHead(Stream stream, string type, params ReadOnlySpan<long> shape)
    {
        // A tuple of one has a comma behind it.
        var tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {tuple}, }}";
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        var unpadded = magic.Length + 2 + text.Length + 1;
        text += new string(' ', (Alignment - unpadded % Alignment) % Alignment) + "\n";
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        stream.Write(magic);
        stream.Write(length);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }
}
