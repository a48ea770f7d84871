using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Scan.Journal;

/// <summary>
/// What a scan has computed so far, in a file beside its output: after a kill the same command goes on behind the last block that is whole.
/// </summary>
/// <remarks>
/// A line of JSON says of what scan; then blocks of windows, each with its count in front and a checksum behind. Numbers of a window that
/// has fewer are filled up with NaN.
/// </remarks>
internal sealed class ScanJournal : IDisposable
{
    private const int SumBytes = 8, BlockWindows = 1 << 14;

    private readonly FileStream file;
    private readonly int width;
    private readonly List<float> waiting = [];
    private readonly long begin;
    private long flushed = TimeProvider.System.GetTimestamp();

    private ScanJournal(FileStream file, int width, long begin) => (this.file, this.width, this.begin) = (file, width, begin);

    /// <summary>Windows that it holds.</summary>
    public long Count { get; private set; }

    /// <summary>Its path for an output.</summary>
    public static string PathOf(string output) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(output))!, $".{Path.GetFileName(output)}.scan");

    /// <summary>Opens the journal of a scan that was stopped, or begins one.</summary>
    /// <param name="path">Of <see cref="PathOf"/>.</param>
    /// <param name="of">What the scan is of: name and value of whatever its numbers depend on.</param>
    /// <param name="width">Numbers of a window.</param>
    /// <param name="anew">Whether what is there is thrown away.</param>
    /// <exception cref="UsageException">It is another scan's.</exception>
    public static ScanJournal Open(string path, IReadOnlyDictionary<string, string> of, int width, bool anew) => Disk.Guard(path, () =>
    {
        if (anew) File.Delete(path);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UsageException($"Another scan is writing to the same output: it holds {path}. Wait for it, or name another output.");
        }
        try
        {
            var journal = new ScanJournal(file, width, Begin(file, path, of));
            journal.FindEnd();
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>The windows it holds, in order.</summary>
    public IEnumerable<float[]> Read()
    {
        file.Position = begin;
        for (var read = 0L; read < Count;)
        {
            var numbers = Block()!;
            for (var at = 0; at < numbers.Length; at += width, read++) yield return numbers[at..(at + width)];
        }
        file.Position = file.Length;
    }

    /// <summary>Adds a window; it is on the disk seconds later.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values) waiting.Add(value);
        for (var n = values.Length; n < width; n++) waiting.Add(float.NaN);
        if (TimeProvider.System.GetElapsedTime(flushed) > TimeSpan.FromSeconds(2) || waiting.Count >= BlockWindows * Math.Max(1, width))
            Flush();
    }

    /// <summary>Puts what waits onto the disk.</summary>
    public void Flush()
    {
        flushed = TimeProvider.System.GetTimestamp();
        if (waiting.Count == 0) return;
        var bytes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(waiting));
        file.Write(BitConverter.GetBytes(waiting.Count / width));
        file.Write(bytes);
        file.Write(SHA256.HashData(bytes).AsSpan(0, SumBytes));
        file.Flush(flushToDisk: true);
        Count += waiting.Count / width;
        waiting.Clear();
    }

    /// <summary>Removes it: the scan is done.</summary>
    public void Remove()
    {
        file.Dispose();
        File.Delete(file.Name);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static long Begin(FileStream file, string path, IReadOnlyDictionary<string, string> of)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(of.OrderBy(o => o.Key, StringComparer.Ordinal)
            .ToDictionary(o => o.Key, o => o.Value));
        if (file.Length <= head.Length && !HasLine(file))
        {
            file.SetLength(0);
            file.Write([.. head, (byte)'\n']);
            file.Flush(flushToDisk: true);
            return file.Position;
        }
        file.Position = 0;
        var line = new List<byte>();
        for (int b; (b = file.ReadByte()) is >= 0 and not '\n';) line.Add((byte)b);
        Dictionary<string, string> was;
        try { was = JsonSerializer.Deserialize<Dictionary<string, string>>(line.ToArray()) ?? []; }
        catch (JsonException) { was = []; }
        var other = of.Keys.Union(was.Keys).Where(k => of.GetValueOrDefault(k) != was.GetValueOrDefault(k)).ToList();
        return other.Count == 0 ? file.Position : throw new UsageException(
            $"A scan to this output was stopped that had another {string.Join(", another ", other.Order(StringComparer.Ordinal))}; "
                + "repeat that "
            + $"one to go on, begin anew with --force, or name another output ({DataFile.Show(path)} holds what it had done).");
    }

    private static bool HasLine(FileStream file)
    {
        file.Position = 0;
        for (int b; (b = file.ReadByte()) >= 0;) if (b == '\n') return true;
        return false;
    }

    /// <summary>Counts whole blocks and cuts off what a kill left half-written.</summary>
    private void FindEnd()
    {
        file.Position = begin;
        var end = begin;
        while (Block() is { } numbers)
        {
            Count += numbers.Length / width;
            end = file.Position;
        }
        file.SetLength(end);
        file.Position = end;
    }

    private float[]? Block()
    {
        var four = new byte[sizeof(int)];
        if (file.ReadAtLeast(four, four.Length, throwOnEndOfStream: false) < four.Length) return null;
        var size = (long)BitConverter.ToInt32(four) * width * sizeof(float);
        if (size <= 0 || size + SumBytes > file.Length - file.Position) return null;
        var bytes = new byte[size];
        var sum = new byte[SumBytes];
        file.ReadExactly(bytes);
        file.ReadExactly(sum);
        return SHA256.HashData(bytes).AsSpan(0, SumBytes).SequenceEqual(sum) ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
    }
}
