using System.Runtime.InteropServices;
using PluginHost.Libs.Tools.Journals;

namespace PluginHost.Plugins.Scan.Journal;

/// <summary>
/// What a scan has computed so far, in a file beside its output: after a kill the same command goes on behind the last block that is whole.
/// </summary>
/// <remarks>Blocks of windows. Numbers of a window that has fewer are filled up with NaN.</remarks>
internal sealed class ScanJournal : IDisposable
{
    private const int BlockWindows = 1 << 14;

    private readonly JournalFile file;
    private readonly int width;
    private readonly List<float> waiting = [];
    private long flushed = TimeProvider.System.GetTimestamp();

    private ScanJournal(JournalFile file, int width)
    {
        (this.file, this.width) = (file, width);
        foreach (var (_, block) in file.Blocks()) Count += block.Length / sizeof(float) / width;
    }

    /// <summary>Windows that it holds.</summary>
    public long Count { get; private set; }

    /// <summary>Its path for an output.</summary>
    public static string PathOf(string output) => JournalFile.PathOf(output, "scan");

    /// <summary>Opens the journal of a scan that was stopped, or begins one.</summary>
    /// <param name="path">Of <see cref="PathOf"/>.</param>
    /// <param name="of">What the scan is of: name and value of whatever its numbers depend on.</param>
    /// <param name="width">Numbers of a window.</param>
    /// <param name="anew">Whether what is there is thrown away.</param>
    /// <exception cref="UsageException">It is another scan's.</exception>
    public static ScanJournal Open(string path, IReadOnlyDictionary<string, string> of, int width, bool anew)
    {
        var file = JournalFile.Open(path, "scan", of, anew);
        try
        {
            return new ScanJournal(file, width);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The windows it holds, in order.</summary>
    public IEnumerable<float[]> Read()
    {
        foreach (var (_, block) in file.Blocks())
        {
            var numbers = MemoryMarshal.Cast<byte, float>(block).ToArray();
            for (var at = 0; at < numbers.Length; at += width) yield return numbers[at..(at + width)];
        }
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
        file.Add(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(waiting)));
        file.Flush();
        Count += waiting.Count / width;
        waiting.Clear();
    }

    /// <summary>Removes it: the scan is done.</summary>
    public void Remove() => file.Remove();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
