using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Counts any number of different keys in bounded memory: a hash table that, when full, is emptied into files by parts of the hash.
/// In the end each file is counted the same way by itself, hence again in files if need be.
/// </summary>
internal sealed class SpillingCounter : IDisposable
{
    private const int PartBits = 6;
    private const int Parts = 1 << PartBits;
    private const int SmallestTable = 1 << 10;
    private const int PartBuffer = 1 << 14;

    private readonly string folder;
    private readonly int depth;
    private readonly int largestTable;
    private Count[] table = new Count[SmallestTable];
    private readonly UInt128[] pending = new UInt128[64];
    private int waiting;
    private int used;
    private FileStream[]? parts;

    /// <param name="folder">Where files are put; must not hold a counter's files.</param>
    /// <param name="memory">Bytes the table may take, at least 64 KiB.</param>
    public SpillingCounter(string folder, long memory) : this(folder, memory, 0) { }

    private SpillingCounter(string folder, long memory, int depth)
    {
        this.folder = folder;
        this.depth = depth;
        // Two thirds: while a table grows, the old one of half its size is there as well.
        var places = Math.Min(1 << 30, Math.Max(SmallestTable, memory * 2 / 3 / Unsafe.SizeOf<Count>()));
        largestTable = 1 << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)places));
    }

    /// <summary>Whether anything went to disk.</summary>
    public bool Spilled => parts is not null;

    /// <summary>Counts a key, which is not 0, once more.</summary>
    public void Add(UInt128 key)
    {
        pending[waiting++] = key;
        if (waiting == pending.Length) Settle();
    }

    /// <summary>Keys wait a little, so that their places can be fetched from memory together.</summary>
    private void Settle()
    {
        if (Sse.IsSupported)
            unsafe
            {
                ref var first = ref MemoryMarshal.GetArrayDataReference(table);
                foreach (var key in pending.AsSpan(0, waiting))
                    Sse.Prefetch0(
                        Unsafe.AsPointer(ref Unsafe.Add(ref first, (int)Hash((ulong)(key >> 64), (ulong)key) & (table.Length - 1))));
            }
        foreach (var key in pending.AsSpan(0, waiting)) Add(key, 1);
        waiting = 0;
    }

    private void Add(UInt128 key, long amount)
    {
        ref var place = ref Find(table, key);
        place.Amount += amount;
        if (place.High != 0 || place.Low != 0) return;
        (place.High, place.Low) = ((ulong)(key >> 64), (ulong)key);
        if (++used < table.Length / 10 * 7) return;
        if (table.Length < largestTable) Grow();
        else Spill();
    }

    /// <summary>Every key with its count, in no particular order. Call once, after the last <see cref="Add(UInt128)"/>.</summary>
    public IEnumerable<(UInt128 Key, long Amount)> Enumerate(CancellationToken cancellation)
    {
        Settle();
        if (parts is null)
        {
            foreach (var count in table)
                if (count.High != 0 || count.Low != 0) yield return (new(count.High, count.Low), count.Amount);
            yield break;
        }
        Spill();
        table = [];
        for (var part = 0; part < Parts; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            parts[part].Dispose();
            using var inner = new SpillingCounter(folder, (long)largestTable * Unsafe.SizeOf<Count>() * 3 / 2, depth + 1);
            Load(inner, PartPath(part));
            File.Delete(PartPath(part));
            foreach (var count in inner.Enumerate(cancellation)) yield return count;
        }
    }

    public void Dispose()
    {
        if (parts is null) return;
        for (var part = 0; part < Parts; part++)
        {
            parts[part].Dispose();
            File.Delete(PartPath(part));
        }
    }

    private static void Load(SpillingCounter into, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 1);
        var block = new Count[1 << 12];
        while (true)
        {
            var bytes = file.ReadAtLeast(MemoryMarshal.AsBytes(block.AsSpan()), block.Length * Unsafe.SizeOf<Count>(),
                throwOnEndOfStream: false);
            if (bytes == 0) return;
            foreach (ref var count in block.AsSpan(0, bytes / Unsafe.SizeOf<Count>())) into.Add(new(count.High, count.Low), count.Amount);
        }
    }

    private static ref Count Find(Count[] table, UInt128 key)
    {
        var (high, low) = ((ulong)(key >> 64), (ulong)key);
        var mask = table.Length - 1;
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        for (var place = (int)Hash(high, low) & mask; ; place = (place + 1) & mask)
        {
            ref var count = ref Unsafe.Add(ref first, place);
            if ((count.Low == low && count.High == high) || (count.Low == 0 && count.High == 0)) return ref count;
        }
    }

    private void Grow()
    {
        var larger = new Count[table.Length * 2];
        foreach (var count in table)
            if (count.High != 0 || count.Low != 0) Find(larger, new(count.High, count.Low)) = count;
        table = larger;
    }

    private void Spill()
    {
        parts ??= [.. Enumerable.Range(0, Parts)
            .Select(part => new FileStream(PartPath(part), FileMode.CreateNew, FileAccess.Write, FileShare.None, PartBuffer))];
        // The table's place comes from the low bits of the hash, the part from the high ones, other ones at each depth.
        var shift = 64 - PartBits * (depth % 8 + 1);
        foreach (ref var count in table.AsSpan())
            if (count.High != 0 || count.Low != 0)
                parts[(int)(Hash(count.High, count.Low) >> shift) & (Parts - 1)].Write(MemoryMarshal.AsBytes(new Span<Count>(ref count)));
        Array.Clear(table);
        used = 0;
    }

    private string PartPath(int part) => Path.Combine(folder, $"counts-{depth}-{part}");

    private static ulong Hash(ulong high, ulong low)
    {
        var hash = (low ^ high * 0xD6E8FEB86659FD93) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ hash >> 29;
    }

    private struct Count
    {
        public ulong High;
        public ulong Low;
        public long Amount;
    }
}
