using System.Numerics;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>A bit for each base of a chromosome, and how many are set before any place.</summary>
/// <param name="length">Bases.</param>
internal sealed class BitRank(long length)
{
    private readonly ulong[] words = new ulong[length / 64 + 1];
    private int[] before = [];

    /// <summary>Sets a bit.</summary>
    public void Set(long at) => words[at >> 6] |= 1UL << (int)(at & 63);

    /// <summary>Sets the bits of [start, end).</summary>
    public void Set(long start, long end)
    {
        for (; start < end && (start & 63) != 0; start++) Set(start);
        for (; end - start >= 64; start += 64) words[start >> 6] = ulong.MaxValue;
        for (; start < end; start++) Set(start);
    }

    /// <summary>Makes <see cref="Count"/> ready; bits must not change afterwards.</summary>
    public void Finish()
    {
        before = new int[words.Length + 1];
        for (var i = 0; i < words.Length; i++) before[i + 1] = before[i] + BitOperations.PopCount(words[i]);
    }

    /// <summary>How many bits of [start, end) are set.</summary>
    public int Count(long start, long end) => Before(end) - Before(start);

    /// <summary>Whether any bit of [start, end) is set.</summary>
    public bool Any(long start, long end)
    {
        var (first, last) = (start >> 6, (end - 1) >> 6);
        var low = ulong.MaxValue << (int)(start & 63);
        var high = ulong.MaxValue >> (int)(63 - ((end - 1) & 63));
        if (first == last) return (words[first] & low & high) != 0;
        if ((words[first] & low) != 0 || (words[last] & high) != 0) return true;
        return words.AsSpan((int)first + 1, (int)(last - first - 1)).ContainsAnyExcept(0UL);
    }

    private int Before(long at) => before[at >> 6] + BitOperations.PopCount(words[at >> 6] & ((1UL << (int)(at & 63)) - 1));
}
