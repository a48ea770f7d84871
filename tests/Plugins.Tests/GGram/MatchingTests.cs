using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.GGram;

namespace PluginHost.Plugins.Tests.GGram;

public sealed class MatchingTests
{
    private static List<GGramMatch> Slow(IReadOnlyList<GGramEntry> ggrams, int[] ids) =>
    [
        .. from start in Enumerable.Range(0, ids.Length)
           from length in Enumerable.Range(2, 7)
           where start + length <= ids.Length
           from ggram in ggrams
           where ggram.Tokens.AsSpan().SequenceEqual(ids.AsSpan(start, length))
           select new GGramMatch(ggram.Id, start, length),
    ];

    private static List<GGramMatch> Fast(IReadOnlyList<GGramEntry> ggrams, int tokens, int[] ids)
    {
        GGramMatch[] found = [];
        var count = new GGramMatcher(ggrams, tokens).Match(ids, ref found);
        return [.. found.Take(count)];
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    [InlineData(20_000)]
    public void Finds_what_a_plain_search_finds(int tokens)
    {
        // Few different tokens make many matches; spread over a large vocabulary they also try the hashed pair table.
        var token = Gen.Choose(0, Math.Min(tokens, 4) - 1).Select(t => tokens - 1 - t * (tokens > 100 ? 4999 : 1));
        var word = Gen.Choose(2, 8).SelectMany(n => token.ArrayOf(n));
        var input = from words in word.ListOf() from ids in token.ArrayOf() select (words, ids);
        Prop.ForAll(Arb.From(input), pair =>
        {
            var ggrams = pair.words.DistinctBy(w => string.Join(' ', w)).Select((w, i) => new GGramEntry(i + 1, w)).ToList();
            return Slow(ggrams, pair.ids).SequenceEqual(Fast(ggrams, tokens, pair.ids));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_is_found_in_nothing()
    {
        Assert.Empty(Fast([], 10, [1, 2, 3]));
        Assert.Empty(Fast([new(1, [1, 2])], 10, []));
        Assert.Empty(Fast([new(1, [1, 2])], 10, [1]));
        Assert.Equal([new(1, 0, 2)], Fast([new(1, [0, 0])], 10, [0, 0]));
    }

    [Fact]
    public void Overlapping_and_nested_ones_are_all_found()
    {
        GGramEntry[] ggrams = [new(1, [1, 1]), new(2, [1, 1, 1]), new(3, [1, 1, 1, 1, 2]), new(4, [1, 2])];
        Assert.Equal(
            [new(1, 0, 2), new(2, 0, 3), new(1, 1, 2), new(2, 1, 3), new(3, 1, 5), new(1, 2, 2), new(2, 2, 3), new(1, 3, 2), new(4, 4, 2)],
            Fast(ggrams, 5, [1, 1, 1, 1, 1, 2]));
    }

    [Theory]
    [InlineData("Position", "Separate", 100, "1 2 1 3", "0:0-2 1:0-3 2:3-5 3:3-6")]
    [InlineData("Position", "Merge", 100, "1 2 3", "0:0-2 1:0-3 0:3-5 2:3-6")]
    [InlineData("Position", "Merge", 2, "1 2", "0:0-2 1:0-3 0:3-5")]
    [InlineData("ShortestFirst", "Separate", 3, "1 1 2", "0:0-2 1:3-5 2:0-3")]
    [InlineData("LongestFirst", "Separate", 3, "2 3 1", "0:0-3 1:3-6 2:0-2")]
    [InlineData("Position", "Separate", 1, "1", "0:0-2")]
    public void Order_repeats_and_limit_are_as_asked(string order, string repeats, int limit, string ids, string ranges)
    {
        GGramMatch[] matches = [new(1, 0, 2), new(2, 0, 3), new(1, 3, 2), new(3, 3, 3)];
        var encoding = new SequenceGGrams(matches, Enum.Parse<GGramOrder>(order), Enum.Parse<GGramRepeats>(repeats), limit)
            .AttachTo(new EncodedSequence(new int[7], new BaseSpan[7]));
        Assert.True(encoding.TryGet<long>(GGramColumns.Ids, out var ids_G));
        Assert.Equal(ids, string.Join(' ', ids_G));
        var ranges_OS = (long[,])encoding.Attached[GGramColumns.Ranges];
        Assert.Equal(ranges, string.Join(' ',
            Enumerable.Range(0, ranges_OS.GetLength(0)).Select(o => $"{ranges_OS[o, 0]}:{ranges_OS[o, 1]}-{ranges_OS[o, 2]}")));
        var match_TG = (bool[,])encoding.Attached[GGramColumns.Match];
        for (var t = 0; t < 7; t++)
            for (var g = 0; g < ids_G.Length; g++)
                Assert.Equal(Enumerable.Range(0, ranges_OS.GetLength(0))
                    .Any(o => ranges_OS[o, 0] == g && ranges_OS[o, 1] <= t && t < ranges_OS[o, 2]), match_TG[t, g]);
    }
}
