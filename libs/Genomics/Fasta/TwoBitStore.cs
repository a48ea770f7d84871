using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>
/// Bases in memory at two bits each (A 0, C 1, T 2, G 3). What is not A, C, G or T takes a place whose value means nothing.
/// </summary>
public sealed class TwoBitStore
{
    private const int ChunkBytes = 1 << 20;
    private const int BasesPerChunk = 4 * ChunkBytes;
    private readonly List<byte[]> chunks = [];
    private readonly long limit;
    private readonly Func<long, Exception> full;
    private int used = ChunkBytes;
    private ulong pending;
    private int pendingBits;

    /// <param name="limit">Bytes it may take.</param>
    /// <param name="full">Makes the exception thrown beyond that, given the bytes taken.</param>
    public TwoBitStore(long limit = long.MaxValue, Func<long, Exception>? full = null)
    {
        this.limit = limit;
        this.full = full ?? (bytes => new ResourceException($"A packed sequence takes more than {bytes:N0} bytes of memory."));
    }

    /// <summary>Memory taken.</summary>
    public long Bytes => (long)chunks.Count * ChunkBytes;

    /// <summary>Adds bases: A, C, G, T or U in either case.</summary>
    public void Append(ReadOnlySpan<byte> bases)
    {
        if (Bmi2.X64.IsSupported)
            while (bases.Length >= 8)
            {
                // The second and third bit of the letters' codes tell the four apart, T and U alike.
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(bases) >> 1;
                Push(Bmi2.X64.ParallelBitExtract(eight, 0x0303030303030303), 16);
                bases = bases[8..];
            }
        foreach (var b in bases) Push((ulong)(b >> 1) & 3, 2);
    }

    /// <summary>Adds places for bases that are kept elsewhere.</summary>
    public void Append(int places)
    {
        for (; places >= 8; places -= 8) Push(0, 16);
        Push(0, 2 * places);
    }

    /// <summary>Writes the last few bases; nothing may be added afterwards.</summary>
    public void Finish()
    {
        if (pendingBits > 0) Flush();
    }

    /// <summary>Reads bases.</summary>
    /// <param name="start">Place of the first.</param>
    /// <param name="destination">Upper-case letters.</param>
    public void Read(long start, Span<char> destination)
    {
        for (var i = 0; i < destination.Length;)
        {
            var chunk = chunks[(int)((start + i) / BasesPerChunk)];
            var at = (int)((start + i) % BasesPerChunk);
            var end = Math.Min(destination.Length, i + BasesPerChunk - at);
            for (; i < end; i++, at++) destination[i] = "ACTG"[(chunk[at >> 2] >> ((at & 3) * 2)) & 3];
        }
    }

    private void Push(ulong bits, int count)
    {
        pending |= bits << pendingBits;
        pendingBits += count;
        if (pendingBits >= 32) Flush();
    }

    private void Flush()
    {
        if (used == ChunkBytes)
        {
            if (Bytes + ChunkBytes > limit) throw full(Bytes);
            chunks.Add(new byte[ChunkBytes]);
            used = 0;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(chunks[^1].AsSpan(used), (uint)pending);
        used += 4;
        pending >>= 32;
        pendingBits = Math.Max(0, pendingBits - 32);
    }
}
