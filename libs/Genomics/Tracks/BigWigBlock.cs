using System.IO.Compression;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>A compressed block of a bigWig file, and the bases it is about.</summary>
/// <param name="First">Chromosome's number and first base.</param>
/// <param name="Last">Chromosome's number and the end.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Bytes">Compressed.</param>
internal readonly record struct BigWigBlock((uint Chromosome, uint Base) First, (uint Chromosome, uint Base) Last, long Offset, long Bytes)
{
    /// <summary>Compresses a block to the stream's end.</summary>
    public static BigWigBlock Write(Stream stream, byte[] bytes, (uint, uint) first, (uint, uint) last)
    {
        var offset = stream.Position;
        using (var packed = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)) packed.Write(bytes);
        return new(first, last, offset, stream.Position - offset);
    }
}
