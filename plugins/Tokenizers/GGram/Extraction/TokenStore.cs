using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// The corpus as token ids in a temporary file, so that it is tokenized once however often it is read. Two bytes a token up to 65,535
/// tokens, else four.
/// </summary>
internal sealed class TokenStore : IDisposable
{
    /// <summary>Stands for a token that stands for no known bases: no G-gram runs across it.</summary>
    public const int Gap = -1;

    private readonly string path;
    private readonly bool wide;
    private FileStream? writing;
    private ushort[] narrowed = [];

    /// <param name="folder">Where the file is put.</param>
    /// <param name="tokens">Token ids are below this.</param>
    public TokenStore(string folder, int tokens)
    {
        wide = tokens > ushort.MaxValue;
        path = Path.Combine(folder, "tokens");
        writing = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
    }

    /// <summary>Sequences stored.</summary>
    public long Sequences { get; private set; }

    /// <summary>Tokens stored, gaps included.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a sequence of token ids and <see cref="Gap"/>s.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        var file = writing ?? throw new InvalidOperationException("The store is being read already.");
        Span<byte> header = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, tokens.Length);
        file.Write(header);
        if (wide) file.Write(MemoryMarshal.AsBytes(tokens));
        else
        {
            if (narrowed.Length < tokens.Length) narrowed = new ushort[tokens.Length];
            Narrow(tokens, narrowed);
            file.Write(MemoryMarshal.AsBytes(narrowed.AsSpan(0, tokens.Length)));
        }
        Sequences++;
        Length += tokens.Length;
    }

    /// <summary>Reads all sequences in order.</summary>
    /// <param name="sequence">Called with each; the span lives during the call.</param>
    /// <param name="progress">Called now and then with the tokens read so far.</param>
    /// <param name="cancellation">Stops between sequences.</param>
    public void Read(Action<ReadOnlySpan<int>> sequence, Action<long> progress, CancellationToken cancellation)
    {
        writing?.Dispose();
        writing = null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        Span<byte> header = stackalloc byte[4];
        var (narrow, tokens) = (Array.Empty<ushort>(), Array.Empty<int>());
        var (read, told) = (0L, 0L);
        for (var number = 0L; number < Sequences; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            file.ReadExactly(header);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (tokens.Length < length) (narrow, tokens) = (new ushort[wide ? 0 : length], new int[length]);
            if (wide) file.ReadExactly(MemoryMarshal.AsBytes(tokens.AsSpan(0, length)));
            else
            {
                file.ReadExactly(MemoryMarshal.AsBytes(narrow.AsSpan(0, length)));
                Widen(narrow.AsSpan(0, length), tokens);
            }
            sequence(tokens.AsSpan(0, length));
            read += length;
            if (read - told >= 4_000_000) progress(told = read);
        }
        progress(Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ReadOnlySpan<int> from, Span<ushort> to)
    {
        var i = 0;
        for (; i <= from.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            Vector.AsVectorUInt16(Vector.Narrow(new Vector<int>(from[i..]), new Vector<int>(from[(i + Vector<int>.Count)..])))
                .CopyTo(to[i..]);
        for (; i < from.Length; i++) to[i] = (ushort)from[i];
    }

    /// <summary>The gap is the one value that is no id: 65,535.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<ushort> from, Span<int> to)
    {
        var i = 0;
        for (; i <= from.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(from[i..]), out var low, out var high);
            Signed(low).CopyTo(to[i..]);
            Signed(high).CopyTo(to[(i + Vector<uint>.Count)..]);
        }
        for (; i < from.Length; i++) to[i] = from[i] == ushort.MaxValue ? Gap : from[i];
    }

    private static Vector<int> Signed(Vector<uint> ids) =>
        Vector.AsVectorInt32(ids | Vector.Equals(ids, new Vector<uint>(ushort.MaxValue)));

    public void Dispose()
    {
        writing?.Dispose();
        File.Delete(path);
    }
}
