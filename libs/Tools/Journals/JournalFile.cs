using System.Security.Cryptography;
using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Tools.Journals;

/// <summary>
/// What a long piece of work has done so far, in a file beside its output: after a kill the same command goes on behind the last block that
/// is whole.
/// </summary>
/// <remarks>A line of JSON says of what work; then blocks, each with its size in front and a checksum behind.</remarks>
public sealed class JournalFile : IDisposable
{
    private const int SumBytes = 8;
    private static int temporary;

    private readonly FileStream file;
    private readonly long begin;
    private long synced = TimeProvider.System.GetTimestamp();

    private JournalFile(FileStream file, long begin) => (this.file, this.begin) = (file, begin);

    /// <summary>Its path for an output.</summary>
    /// <param name="output">The file that will be written.</param>
    /// <param name="ending">Of the name, without a dot: <c>scan</c>.</param>
    public static string PathOf(string output, string ending) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(output))!, $".{Path.GetFileName(output)}.{ending}");

    /// <summary>Opens the journal of work that was stopped, or begins one.</summary>
    /// <param name="path">Of <see cref="PathOf"/>.</param>
    /// <param name="what">What the work is called, for messages: <c>scan</c>.</param>
    /// <param name="of">Name and value of whatever the results depend on.</param>
    /// <param name="anew">Whether what is there is thrown away.</param>
    /// <exception cref="UsageException">It is other work's, or another process writes to it.</exception>
    public static JournalFile Open(string path, string what, IReadOnlyDictionary<string, string> of, bool anew) => Disk.Guard(path, () =>
    {
        if (anew) File.Delete(path);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UsageException($"Another {what} is writing to the same output: it holds {path}. Wait for it, or name another "
                + "output.");
        }
        try
        {
            return new JournalFile(file, Begin(file, path, what, of));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>One without a name that others could go on with; it is gone when it is closed.</summary>
    /// <param name="folder">With room for it.</param>
    public static JournalFile Temporary(string folder) => new(
        new FileStream(Path.Combine(folder, $".pluginhost-{Environment.ProcessId}-{Interlocked.Increment(ref temporary)}"),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            1 << 16, FileOptions.DeleteOnClose), 0);

    /// <summary>Reads all whole blocks in order, with where each begins, and cuts off what a kill left half-written.</summary>
    public IEnumerable<(long At, byte[] Block)> Blocks()
    {
        file.Position = begin;
        var end = begin;
        while (Block() is { } block)
        {
            yield return (end, block);
            // What reads may move.
            file.Position = end += sizeof(int) + block.Length + SumBytes;
        }
        file.SetLength(end);
        file.Position = end;
    }

    /// <summary>One block again.</summary>
    /// <param name="at">Where it begins.</param>
    public byte[] Read(long at)
    {
        file.Position = at;
        return Block() ?? throw new ResourceException($"{DataFile.Show(file.Name)} was changed while it was in use; run the same again.");
    }

    /// <summary>Adds a block; it is with the system at once, and on the disk seconds later.</summary>
    /// <returns>Where it begins.</returns>
    public long Add(ReadOnlySpan<byte> block)
    {
        var at = file.Seek(0, SeekOrigin.End);
        file.Write(BitConverter.GetBytes(block.Length));
        file.Write(block);
        file.Write(SHA256.HashData(block).AsSpan(0, SumBytes));
        var sync = TimeProvider.System.GetElapsedTime(synced) > TimeSpan.FromSeconds(2);
        file.Flush(flushToDisk: sync);
        if (sync) synced = TimeProvider.System.GetTimestamp();
        return at;
    }

    /// <summary>Puts all onto the disk.</summary>
    public void Flush() => file.Flush(flushToDisk: true);

    /// <summary>Removes it: the work is done.</summary>
    public void Remove()
    {
        file.Dispose();
        File.Delete(file.Name);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static long Begin(FileStream file, string path, string what, IReadOnlyDictionary<string, string> of)
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
            $"A {what} to this output was stopped that had another {string.Join(", another ", other.Order(StringComparer.Ordinal))}; "
            + $"repeat that one to go on, begin anew with --force, or name another output ({DataFile.Show(path)} holds what it had done).");
    }

    private static bool HasLine(FileStream file)
    {
        file.Position = 0;
        for (int b; (b = file.ReadByte()) >= 0;) if (b == '\n') return true;
        return false;
    }

    private byte[]? Block()
    {
        var four = new byte[sizeof(int)];
        if (file.ReadAtLeast(four, four.Length, throwOnEndOfStream: false) < four.Length) return null;
        var size = (long)BitConverter.ToInt32(four);
        if (size <= 0 || size + SumBytes > file.Length - file.Position) return null;
        var block = new byte[size];
        var sum = new byte[SumBytes];
        file.ReadExactly(block);
        file.ReadExactly(sum);
        return SHA256.HashData(block).AsSpan(0, SumBytes).SequenceEqual(sum) ? block : null;
    }
}
