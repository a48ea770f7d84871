using System.Numerics;

namespace PluginHost.Plugins.Bpe;

/// <summary>Which piece two pieces merge into: a hash table with open addressing.</summary>
internal sealed class PairTable
{
    private readonly ulong[] slots;
    private readonly int shift;

    /// <param name="capacity">Most pairs it will hold.</param>
    public PairTable(int capacity)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * capacity));
        slots = new ulong[size];
        shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>Adds a pair that is not in the table.</summary>
    public void Add(int left, int right, int merged)
    {
        var key = Key(left, right);
        var at = Slot(key);
        while (slots[at] != 0) at = (at + 1) & (slots.Length - 1);
        slots[at] = key << 16 | (uint)merged;
    }

    /// <summary>The piece a pair merges into, or -1.</summary>
    public int Find(int left, int right)
    {
        var key = Key(left, right);
        for (var at = Slot(key); slots[at] != 0; at = (at + 1) & (slots.Length - 1))
            if (slots[at] >> 16 == key) return (int)(slots[at] & 0xFFFF);
        return -1;
    }

    // The lowest of the three 16-bit fields is the merged piece; a bit above them keeps every key from zero.
    private static ulong Key(int left, int right) => 1UL << 32 | (ulong)(uint)left << 16 | (uint)right;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> shift);
}
