using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.KMer;

public sealed class KMerIdsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Blocks_and_single_bases_agree_whatever_the_length_and_letters(int k)
    {
        var random = new SeededRandom(11, (ulong)k);
        foreach (var length in new[] { 0, 1, k - 1, k, k + 1, 31, 32, 33, 511, 512, 513, 519, 520, 1024 + k, 5000 })
            foreach (var strange in new[] { "", "N", "nacgt", "RYSWKM\u0141\u4E2D" })
            {
                var bases = SampleDna.Sequence(random, length).ToCharArray();
                for (var i = 0; i < strange.Length && length > 0; i++) bases[random.Next(length)] = strange[i];
                var expected = Enumerable.Range(0, Math.Max(0, length - k + 1)).Select(i => Slow(bases.AsSpan(i, k))).ToArray();
                var ids = new int[expected.Length];
                Assert.Equal(ids.Length, KMerIds.Encode(bases.AsSpan(), k, ids));
                Assert.Equal(expected, ids);
                if (bases.Any(b => b > 127)) continue;
                Array.Clear(ids);
                Assert.Equal(ids.Length, KMerIds.Encode(System.Text.Encoding.ASCII.GetBytes(bases), k, ids));
                Assert.Equal(expected, ids);
            }
    }

    [Fact]
    public void Too_little_room_and_a_wrong_k_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KMerIds.Encode("ACGT", 2, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMerIds.Encode("ACGT", 9, new int[9]));
    }

    private static int Slow(ReadOnlySpan<char> word)
    {
        var value = 0;
        foreach (var c in word)
        {
            var digit = "ATCG".IndexOf(char.ToUpperInvariant(c));
            if (digit < 0) return 1;
            value = value * 4 + digit;
        }
        return value + 5;
    }
}
