using PluginHost.Libs.Motifs;

namespace PluginHost.Data.Tests.Motifs;

public class MotifFinderTests
{
    private const string Planted = "TGACGTCATC";

    /// <summary>Random sequences; some hold the motif with one letter in ten changed, and scores that stand out there.</summary>
    private static (List<ScoredSequence> Positives, List<string> Negatives) Data(ulong seed, double rate, bool bothStrands = false)
    {
        var random = new SeededRandom(seed);
        string Random(int length) => new([.. Enumerable.Range(0, length).Select(_ => "ACGT"[random.Next(0, 4)])]);
        List<ScoredSequence> positives = [];
        for (var i = 0; i < 200; i++)
        {
            var bases = Random(120).ToCharArray();
            var scores = Enumerable.Range(0, bases.Length).Select(_ => 0.2 * random.NextDouble()).ToArray();
            if (random.NextDouble() < rate)
            {
                var at = random.Next(0, bases.Length - Planted.Length);
                var site = Planted.ToCharArray();
                if (random.NextDouble() < 0.3) site[random.Next(0, site.Length)] = "ACGT"[random.Next(0, 4)];
                var text = new string(site);
                if (bothStrands && random.Next(0, 2) == 1) text = Iupac.ReverseComplement(text);
                text.CopyTo(0, bases, at, text.Length);
                for (var w = 0; w < text.Length; w++) scores[at + w] = 0.8 + 0.2 * random.NextDouble();
            }
            positives.Add(new($"p{i}", new(bases), Regions.Find(scores, 1, 5)));
        }
        return (positives, [.. Enumerable.Range(0, 200).Select(_ => Random(120))]);
    }

    [Theory]
    [InlineData(1, 0.8, false)]
    [InlineData(2, 0.3, false)]
    [InlineData(3, 0.6, true)]
    public void A_planted_motif_is_found_with_its_width_and_its_consensus(int seed, double rate, bool bothStrands)
    {
        var (positives, negatives) = Data((ulong)seed, rate, bothStrands);

        var motif = MotifFinder.Find(positives, negatives, new() { BothStrands = bothStrands })[0];

        var consensus = motif.Motif.Consensus;
        Assert.Contains(consensus, (string[])[Planted, Iupac.ReverseComplement(Planted)]);
        Assert.True(motif.Q < 0.005);
        Assert.InRange(motif.Sites.Count, 0.7 * rate * 200, 1.1 * rate * 200);
        Assert.All(motif.Sites, s => Assert.Equal(Planted.Length, s.End - s.Start));
    }

    [Fact]
    public void A_site_at_the_very_end_counts()
    {
        var random = new SeededRandom(9);
        string Random(int length) => new([.. Enumerable.Range(0, length).Select(_ => "ACGT"[random.Next(0, 4)])]);
        List<ScoredSequence> positives =
            [.. Enumerable.Range(0, 60).Select(i => new ScoredSequence($"p{i}", Random(60) + "GGATCCTTAAGC", [(60, 72)]))];

        var found = MotifFinder.Find(positives, [.. Enumerable.Range(0, 60).Select(_ => Random(72))], new() { Window = 12 });

        Assert.Equal("GGATCCTTAAGC", found[0].Motif.Consensus);
        Assert.Equal(60, found[0].Sites.Count);
        Assert.All(found[0].Sites, s => Assert.Equal(72, s.End));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Nothing_is_found_where_labels_are_shuffled(int seed)
    {
        var (positives, negatives) = Data((ulong)seed, 0.5);
        var random = new SeededRandom((ulong)seed);
        var all = positives.Concat(negatives.Select(n => new ScoredSequence("n", n, [(10, 25), (60, 70)]))).ToArray();
        random.Shuffle(all);

        Assert.Empty(MotifFinder.Find(all[..200], [.. all[200..].Select(s => s.Bases)], new()));
    }

    [Fact]
    public void Two_motifs_are_told_apart()
    {
        var random = new SeededRandom(5);
        string Random(int length) => new([.. Enumerable.Range(0, length).Select(_ => "ACGT"[random.Next(0, 4)])]);
        List<ScoredSequence> positives =
        [
            .. Enumerable.Range(0, 100).Select(i => new ScoredSequence($"p{i}",
                Random(40) + (i % 2 == 0 ? "TTGACATA" : "CCGCGGAA") + Random(40), [(40, 48)])),
        ];

        var found = MotifFinder.Find(positives, [.. Enumerable.Range(0, 100).Select(_ => Random(88))], new());

        Assert.Equal(["CCGCGGAA", "TTGACATA"], found.Select(f => f.Motif.Consensus).Order());
        Assert.All(found, f => Assert.Equal(50, f.Sites.Count));
    }
}
