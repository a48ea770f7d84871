using PluginHost.Libs.Motifs;

namespace PluginHost.Data.Tests.Motifs;

public class MotifComparisonTests
{
    private static Motif Random(SeededRandom random, string id, int width)
    {
        var counts = new double[width, 4];
        for (var w = 0; w < width; w++)
        {
            for (var a = 0; a < 4; a++) counts[w, a] = -Math.Log(1 - random.NextDouble());
            counts[w, random.Next(0, 4)] += 4 * random.NextDouble();
        }
        return new(id, "", Motif.Normalize(counts));
    }

    private static List<Motif> Collection(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Random(new SeededRandom(77, (ulong)i), $"m{i}", 6 + i % 8))];

    [Theory]
    [InlineData(ColumnScore.Pearson)]
    [InlineData(ColumnScore.Euclidean)]
    public void A_motif_finds_itself_turned_and_shifted(ColumnScore score)
    {
        var collection = Collection(80);
        var comparison = new MotifComparison(collection, score);
        foreach (var target in collection.Where(m => m.Width >= 9).Take(10))
        {
            // Two positions less at its start, read on the other strand.
            var part = new double[target.Width - 2, 4];
            for (var w = 2; w < target.Width; w++)
                for (var a = 0; a < 4; a++) part[w - 2, a] = target.Frequencies_WA[w, a];
            var best = comparison.Match(new Motif("query", "", part).ReverseComplement())[0];

            Assert.Equal((target.Id, true, 0, target.Width - 2), (best.Target.Id, best.IsReverse, best.Offset, best.Overlap));
            Assert.True(best.Q < 0.01, $"{best.Q}");
        }
    }

    [Theory]
    [InlineData(ColumnScore.Pearson)]
    [InlineData(ColumnScore.Euclidean)]
    public void Chance_motifs_have_p_values_as_chance_has(ColumnScore score)
    {
        var comparison = new MotifComparison(Collection(60), score);
        var p = Enumerable.Range(0, 40).SelectMany(i => comparison.Match(Random(new SeededRandom(5, (ulong)i), "q", 8))).Select(m => m.P)
            .ToList();

        // Of 2,400 comparisons, whose offsets are not independent: never more often small than p says.
        Assert.InRange(p.Count(v => v < 0.05) / (double)p.Count, 0.01, 0.06);
        Assert.InRange(p.Count(v => v < 0.005) / (double)p.Count, 0, 0.01);
        Assert.All(p, v => Assert.InRange(v, 0, 1));
    }
}
