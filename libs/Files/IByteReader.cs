namespace PluginHost.Libs.Files;

/// <summary>A file's unpacked bytes, readable anywhere. Thread-safe.</summary>
public interface IByteReader
{
    /// <summary>The file, for messages.</summary>
    string Path { get; }

    /// <summary>Unpacked bytes.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset as far as the data goes.</summary>
    /// <returns>Bytes read.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Goes through everything in order, in pieces that are valid only during the call.</summary>
    void Stream(Action<ReadOnlyMemory<byte>> piece);
}
