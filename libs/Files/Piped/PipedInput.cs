using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Piped;

/// <summary>
/// What came out of a pipe so far, in a nameless temporary file: readers go back and forth in it, and what they ask beyond its end is
/// fetched then. It is gone with the process, however that ends. Thread-safe.
/// </summary>
public sealed class PipedInput
{
    private const int PieceBytes = 1 << 18;
    private const int PiecesAhead = 8;
    private const long Margin = 1L << 30;

    private readonly string path;
    private readonly Lock gate = new();
    private readonly BlockingCollection<byte[]> pieces = new(PiecesAhead);
    private readonly long limit;
    private Exception? failure;
    private long length;
    private bool ended;

    /// <summary>Begins to read; waits for nothing.</summary>
    /// <param name="path">A pipe, or standard input.</param>
    /// <param name="limit">The most bytes kept; half of what is free for temporary files if left out.</param>
    /// <exception cref="ResourceException">There is no place for the temporary file.</exception>
    public PipedInput(string path, long? limit = null)
    {
        this.path = path;
        var folder = Path.GetTempPath();
        this.limit = limit ?? Math.Max(Margin, (Disk.FreeBytes(folder) ?? Margin) / 2);
        var name = Path.Combine(folder, $"host-input-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        File = Disk.Guard(folder, () =>
        {
            var file = System.IO.File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
            System.IO.File.Delete(name);
            return file;
        });
        // Opening and reading a pipe cannot be interrupted, so they have a thread that the process need not wait for.
        new Thread(Fetch) { IsBackground = true, Name = "piped input" }.Start();
    }

    /// <summary>What was read.</summary>
    public SafeFileHandle File { get; }

    /// <summary>Waits until so many bytes are in the file, or all there are.</summary>
    /// <returns>Bytes in the file.</returns>
    /// <exception cref="DataException">The input cannot be read.</exception>
    /// <exception cref="ResourceException">It is larger than the limit.</exception>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    public long Fill(long wanted)
    {
        lock (gate)
        {
            while (length < wanted && !ended) Take();
            return length;
        }
    }

    private void Take()
    {
        if (!pieces.TryTake(out var piece, Timeout.Infinite, Interruptions.Token))
        {
            if (failure is not null) throw new DataException($"{DataFile.Show(path)} cannot be read: {failure.Message}", failure);
            ended = true;
            return;
        }
        if (length + piece.Length > limit)
            throw new ResourceException($"{DataFile.Show(path)} gives more than {Disk.Size(limit)}, half of what is free for temporary "
                + "files; write it to a file and name that, or set TMPDIR to a larger disk.");
        Disk.Guard(Path.GetTempPath(), () => RandomAccess.Write(File, piece, length));
        length += piece.Length;
    }

    private void Fetch()
    {
        try
        {
            using var source = FileKinds.IsStandardInput(path)
                ? new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var buffer = new byte[PieceBytes];
            for (int read; (read = source.Read(buffer)) > 0;) pieces.Add(buffer[..read]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            failure = e;
        }
        pieces.CompleteAdding();
    }
}
