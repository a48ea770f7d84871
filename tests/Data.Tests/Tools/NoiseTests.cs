using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Noise;

namespace PluginHost.Data.Tests.Tools;

public sealed class NoiseTests : IDisposable
{
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(5.12, 2)]
    [InlineData(80, 20)]
    public void Counts_follow_the_negative_binomial_distribution(double mean, double size)
    {
        const int draws = 40_000;
        var random = new SeededRandom(1, (ulong)(mean * 100));
        var seen = new int[4000];
        for (var i = 0; i < draws; i++) seen[NegativeBinomial.Draw(mean, size, random)]++;
        var expected = new MathNet.Numerics.Distributions.NegativeBinomial(size, size / (size + mean));
        var (chi, cells) = (0.0, 0);
        for (var k = 0; k < seen.Length;)
        {
            // Cells of at least 200 expected draws.
            var (here, should) = (0, 0.0);
            while (k < seen.Length && should < 200) (here, should, k) = (here + seen[k], should + draws * expected.Probability(k), k + 1);
            if (should < 1) break;
            chi += (here - should) * (here - should) / should;
            cells++;
        }
        Assert.InRange(chi, 0, MathNet.Numerics.Distributions.ChiSquared.InvCDF(cells - 1, 0.9999));
    }

    [Fact]
    public void Noise_gives_the_length_asked_for_within_the_errors_drawn() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 8), Gen.Zip(Gen.Choose(0, 8), Gen.Zip(Gen.Choose(0, 8), Gen.Choose(0, 9999)))).ToArbitrary(), t =>
        {
            var (substitutions, (insertions, (deletions, seed))) = t;
            var counts = new ErrorCounts(substitutions, insertions, deletions);
            var source = Dna.Random(counts.SourceLength(60), (ulong)seed);
            var noisy = SequencingNoise.Apply(source, counts, new((ulong)seed));
            Assert.Equal(60, noisy.Length);
            Assert.InRange(EditDistance.Within(source, noisy, counts.Total), 0, counts.Total);
            if (insertions + deletions == 0) Assert.Equal(substitutions, source.Zip(noisy).Count(p => p.First != p.Second));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_set_is_balanced_of_one_length_and_its_parameters_are_recorded()
    {
        run.Write("g.fa", ("a", Dna.Random(3000, 1)), ("b", new string('N', 400) + Dna.Random(2000, 2)));
        run.Run("noise", "@g.fa", "--output", "@n.csv", "--count", "200", "--length", "100", "--dispersion", "1.5", "--seed", "9");
        var rows = run.Rows("n.csv");
        Assert.Equal((100, 100), (rows.Count(r => r[1] == "1"), rows.Count(r => r[1] == "0")));
        Assert.All(rows, r => Assert.Equal(100, r[0].Length));
        Assert.All(rows, r => Assert.Equal(r[1] == "1", r[5] == "0" && r[6] == "0" && r[7] == "0"));
        var parameters = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(run["n.csv.json"]))!;
        Assert.Equal((1.5, 0.01, 9), ((double)parameters["dispersion"]!, (double)parameters["substitutions"]!, (int)parameters["seed"]!));
        Assert.Equal(rows.Sum(r => int.Parse(r[5])), (int)parameters["drawn"]!["substitutions"]!);
        run.Run("noise", "@g.fa", "--output", "@p.csv", "--count", "60", "--length", "100", "--paired");
        foreach (var pair in run.Rows("p.csv").Chunk(2))
        {
            Assert.Equal((pair[0][3], pair[0][4]), (pair[1][3], pair[1][4]));
            Assert.InRange(EditDistance.Within(pair[0][0], pair[1][0], 100), 0, 2 * pair[1][5..8].Sum(int.Parse));
        }
        Assert.Contains("which a segment takes before its deletions; the longest has 3,000",
            run.Fails<DataException>("noise", "@g.fa", "--length", "5000", "--output", "@x.csv"));
    }
}
