using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>
/// A file of JSON lines that can be cut back to an earlier length, so that a resumed run's file equals an uninterrupted one's.
/// </summary>
public sealed class LineLog : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private IncrementalHash? hash;
    private bool told;

    /// <param name="path">Created if missing; what is there is kept.</param>
    public LineLog(string path)
    {
        this.path = path;
        stream = Disk.Guard(path, () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0));
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes written.</summary>
    public long Length => stream.Length;

    /// <summary>Lower-case hexadecimal SHA-256 of all lines.</summary>
    public string Sha256 => FileSum.Digest(hash ??= FileSum.Of(stream, Length));

    /// <summary>Adds a line.</summary>
    public void Add(object record) => Disk.Guard(path, () =>
    {
        var line = System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, record.GetType(), Json.Line) + "\n");
        stream.Write(line);
        hash?.AppendData(line);
    });

    /// <summary>Waits until the disk has it all.</summary>
    public void Sync() => Disk.Guard(path, () => stream.Flush(flushToDisk: true));

    /// <summary>
    /// Looks whether the beginning is as it was written. Where it is not, lines that cannot be read are blanked and lines that are
    /// missing left blank, so that those after them stand where they stood: training depends on none of them.
    /// </summary>
    /// <param name="offset">How much of it was written.</param>
    /// <param name="sha256">Its checksum then; null when an earlier version wrote it.</param>
    /// <param name="warn">Told of damage, once.</param>
    public void Check(long offset, string? sha256, Action<string> warn)
    {
        if (Damage(offset, sha256) is not { } damage) return;
        if (!told)
            warn($"'{path}' is damaged ({damage}). Weights and scores do not depend on it, so the run goes on; lines that cannot be read "
                + $"are left blank there, and curves in {RunFiles.Report} and observers may lack or misstate figures.");
        told = true;
        Disk.Guard(path, () => Mend(offset));
    }

    /// <summary>Checks the beginning, then drops everything after it.</summary>
    /// <inheritdoc cref="Check"/>
    public void CutTo(long offset, string? sha256, Action<string> warn)
    {
        Check(offset, sha256, warn);
        Disk.Guard(path, () => stream.SetLength(offset));
        stream.Seek(0, SeekOrigin.End);
        hash?.Dispose();
        hash = FileSum.Of(stream, offset);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hash?.Dispose();
        stream.Dispose();
    }

    private string? Damage(long offset, string? sha256)
    {
        if (stream.Length < offset) return $"it has {stream.Length:N0} bytes of {offset:N0}";
        if (sha256 is null) return null;
        using var now = FileSum.Of(stream, offset);
        return FileSum.Digest(now) == sha256 ? null : "its checksum does not match";
    }

    private void Mend(long offset)
    {
        var bytes = new byte[offset];
        stream.Seek(0, SeekOrigin.Begin);
        var there = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        bytes.AsSpan(there).Fill((byte)'\n');
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var line = length < 0 ? bytes.AsSpan(start) : bytes.AsSpan(start, length);
            if (!IsRecord(line)) line.Fill((byte)' ');
            start += line.Length + 1;
        }
        if (bytes.Length > 0) bytes[^1] = (byte)'\n';
        stream.Seek(0, SeekOrigin.Begin);
        stream.Write(bytes);
        stream.Seek(0, SeekOrigin.End);
        hash?.Dispose();
        hash = null;
    }

    private static bool IsRecord(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line)) return false;
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonDocument.TryParseValue(ref reader, out var document) && document.RootElement.ValueKind == JsonValueKind.Object
                && reader.BytesConsumed == line.Length;
        }
        catch (JsonException) { return false; }
    }
}
