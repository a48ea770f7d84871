using System.IO.Compression;

namespace PluginHost.Libs.TableFiles.Numpy;

/// <summary>numpy's <c>.npz</c>: an unpacked zip of arrays. Each begins with its shape, so its elements wait until that is known.</summary>
/// <param name="stream">Receives it; is not closed.</param>
public sealed class NpzArchive(Stream stream) : IDisposable
{
    private readonly ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds an array.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="type">As numpy writes it: <c>&lt;f4</c>, <c>&lt;i8</c>, <c>&lt;U12</c>.</param>
    /// <param name="copy">Writes the elements, in C order.</param>
    /// <param name="shape">The array's.</param>
    public void Add(string name, string type, Action<Stream> copy, params ReadOnlySpan<long> shape)
    {
        var member = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        // The same elements are the same file, whenever it is written: the oldest time that zip knows.
        member.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var entry = member.Open();
        Npy.WriteHead(entry, type, shape);
        copy(entry);
    }

    /// <summary>Adds texts.</summary>
    public void Add(string name, WaitingTexts texts) => Add(name, texts.Type, texts.CopyTo, texts.Count);

    /// <summary>Ends the file.</summary>
    public void Dispose() => zip.Dispose();
}
