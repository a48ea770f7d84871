using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>
/// A file of JSON lines that can be cut back to an earlier length, so that a resumed run's file equals an uninterrupted one's.
/// </summary>
public sealed class LineLog : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    /// <param name="path">Created if missing; what is there is kept.</param>
    public LineLog(string path)
    {
        this.path = path;
        stream = Disk.Guard(path, () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0));
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes written.</summary>
    public long Length => stream.Length;

    /// <summary>Adds a line.</summary>
    public void Add(object record) =>
        Disk.Guard(path, () =>
            stream.Write(System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, record.GetType(), Json.Line) + "\n")));

    /// <summary>Waits until the disk has it all.</summary>
    public void Sync() => Disk.Guard(path, () => stream.Flush(flushToDisk: true));

    /// <summary>Drops everything after an offset.</summary>
    /// <exception cref="DataException">The file is shorter than that.</exception>
    public void CutTo(long offset)
    {
        if (stream.Length < offset)
            throw new DataException($"'{path}' has {stream.Length:N0} bytes but the checkpoint was taken after {offset:N0}; it was edited "
                + "or lost. Start the run anew.");
        Disk.Guard(path, () => stream.SetLength(offset));
        stream.Seek(0, SeekOrigin.End);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
