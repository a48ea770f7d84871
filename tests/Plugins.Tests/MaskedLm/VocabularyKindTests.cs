using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.MaskedLm;

/// <summary>One objective for k-mers, words of uneven length and both mixed, from base spans alone.</summary>
public sealed class VocabularyKindTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new BpePlugin(), new RaggedPlugin(), new MaskedLmPlugin());

    private Batch Collate(IReadOnlyList<Sample> samples, object? options = null, ulong seed = 1, int length = 4096) =>
        bench.Build<IObjective>("masked-lm", options)
            .Collate(samples, new CollateContext(bench.Tokenizer, length, CollateMode.Train, new SeededRandom(seed)));

    private static T[] Read<T>(Batch batch, BatchKey key) where T : unmanaged => batch[key].data<T>().ToArray();

    private static BaseSpan[] Adjacent(IEnumerable<int> lengths)
    {
        var start = 0;
        return [.. lengths.Select(length => new BaseSpan(start, start += length))];
    }

    [Fact]
    public void Of_words_of_any_lengths_the_share_is_exact_in_expectation_and_within_a_stretch_each_time() =>
        Prop.ForAll(
            Gen.Choose(1, 32).ArrayOf(40).ToArbitrary(),
            Gen.Elements(0.05, 0.15, 0.4, 0.9).ToArbitrary(),
            Gen.Elements(1, 7, 40).ToArbitrary(),
            (lengths, rate, stretch) =>
            {
                const int Trials = 300;
                var spans = Adjacent(lengths);
                foreach (var origin in Enum.GetValues<StretchOrigin>())
                {
                    var random = new SeededRandom((ulong)lengths.Sum(), (ulong)stretch);
                    var target = rate * spans.Length;
                    var (sum, squares) = (0.0, 0.0);
                    for (var trial = 0; trial < Trials; trial++)
                    {
                        var count = HiddenStretches.Choose(spans, stretch, rate, random, origin).Count(h => h);
                        if (count > target + stretch + 1) return false;
                        sum += count;
                        squares += (double)count * count;
                    }
                    var error = Math.Sqrt(Math.Max(0, squares / Trials - sum / Trials * (sum / Trials)) / Trials);
                    if (Math.Abs(sum / Trials - target) > 5.5 * error + 0.02) return false;
                }
                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(2, 5));

    [Theory]
    [InlineData(StretchOrigin.Auto, 0.15, 0.15)]
    [InlineData(StretchOrigin.Tokens, 0.15, 0.15)]
    [InlineData(StretchOrigin.Bases, 0.27, 0.02)]
    public void Drawn_by_token_a_long_word_is_hidden_no_more_often_than_a_short_one(StretchOrigin origin, double longest, double shortest)
    {
        const int Trials = 20_000;
        var spans = Adjacent(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1 : 16));
        var random = new SeededRandom(7);
        var (longs, shorts) = (0, 0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var hidden = HiddenStretches.Choose(spans, 1, 0.15, random, origin);
            longs += hidden.Where((h, i) => h && i % 2 == 1).Count();
            shorts += hidden.Where((h, i) => h && i % 2 == 0).Count();
        }
        Assert.Equal(longest, longs / (20.0 * Trials), 0.02);
        Assert.Equal(shortest, shorts / (20.0 * Trials), 0.02);
    }

    [Fact]
    public void Of_real_DNA_in_BPE_the_rate_is_exact_and_long_tokens_are_hidden_like_short_ones()
    {
        bench.UseTokenizer("bpe", new { vocab = Path.Combine(RealData.Root, "samples", "tokenizers", "fly_bpe_1024.json") });
        var samples = RealData.Samples("fly_splice/dev.csv");
        var (all, asked) = (new double[12], new double[12]);
        for (var seed = 0UL; seed < 6; seed++)
        {
            using var batch = Collate(samples, seed: seed);
            var length = batch.Axis("T");
            foreach (var encoding in batch.Encodings)
                foreach (var span in encoding.Spans.Where(s => s.Length > 0)) all[Math.Min(11, span.Length)]++;
            foreach (var position in Read<long>(batch, Keys.Positions))
                asked[Math.Min(11, batch.Encodings[(int)(position / length)].Spans[position % length].Length)]++;
        }
        Assert.Equal(0.15, asked.Sum() / all.Sum(), 0.002);
        for (var length = 2; length < 8; length++) Assert.Equal(0.15, asked[length] / all[length], 0.02);
    }

    [Fact]
    public void In_a_mixed_vocabulary_each_sequence_has_its_own_kinds_rate()
    {
        bench.UseTokenizer("ragged", new { mixed = true });
        var samples = SampleDna.Random(64, 150, 400);
        var (asked, tokens, runs) = (new int[2], new int[2], new List<int>());
        for (var seed = 0UL; seed < 20; seed++)
        {
            using var batch = Collate(samples, seed: seed);
            var length = batch.Axis("T");
            foreach (var row in Read<long>(batch, Keys.Positions).GroupBy(p => p / length))
            {
                var kind = batch.Encodings[(int)row.Key].Ids[1] - 5;
                asked[kind] += row.Count();
                if (kind == 1) runs.Add(row.Count());
            }
            foreach (var encoding in batch.Encodings) tokens[encoding.Ids[1] - 5] += encoding.Ids.Length - 3;
            Assert.DoesNotContain(Read<long>(batch, Keys.PositionLabels), l => l is >= 0 and < 7);
        }
        Assert.Equal(0.15, (double)asked[0] / tokens[0], 0.003);
        Assert.Equal(0.15, (double)asked[1] / tokens[1], 0.003);
    }

    [Fact]
    public void DNABERTs_released_scheme_hides_its_own_share()
    {
        bench.UseTokenizer("kmer", new { k = 6 });
        var samples = SampleDna.Random(256, 505, 505);
        using var batch = Collate(samples, new { scheme = "dnabert-release" });
        Assert.Equal(1 - Math.Pow(0.975, 6), batch.TargetCounts["masked-lm"] / (256 * 500.0), 0.004);
        using var few = Collate(SampleDna.Random(64, 505, 505), new { scheme = "dnabert-release", rate = 0.006 });
        var positions = Read<long>(few, Keys.Positions);
        var apart = positions.Where(p => !positions.Contains(p - 1))
            .Select(p => Enumerable.Range(0, 100).TakeWhile(i => positions.Contains(p + i)).Count()).ToList();
        Assert.True(apart.Count(run => run == 6) > 0.8 * apart.Count);
        using var unknown = Collate([.. Enumerable.Repeat(new Sample("n", "ACGTACGNNNNNACGTACGT"), 40)],
            new { scheme = "dnabert-release", rate = 0.9 });
        Assert.Contains(1, Read<long>(unknown, Keys.PositionLabels));
    }

    [Fact]
    public void Genomics_FMs_released_scheme_hides_its_own_share()
    {
        bench.UseTokenizer("kmer", new { k = 6 });
        using (var kmers = Collate(SampleDna.Random(256, 505, 505), new { scheme = "genomics-fm-release" }))
            Assert.Equal(1 - Math.Pow(0.975, 14), kmers.TargetCounts["masked-lm"] / (256 * 500.0), 0.006);
        bench.UseTokenizer("ragged");
        using var words = Collate(SampleDna.Random(256, 500, 500), new { scheme = "genomics-fm-release" });
        var labels = Read<long>(words, Keys.PositionLabels);
        Assert.Equal(0.2775, (double)labels.Count(l => l > 6) / words.Encodings.Sum(e => e.Ids.Length - 3), 0.006);
        Assert.Contains(5L, labels);
        Assert.DoesNotContain(1L, labels);
    }

    [Fact]
    public void Unknown_tokens_are_asked_for_on_request_but_not_by_Genomics_FM()
    {
        bench.UseTokenizer("ragged");
        Sample[] samples = [new("x", new string('N', 200))];
        using var asked = Collate(samples, new { askUnknown = true });
        Assert.Equal(0.15 * asked.Encodings[0].Ids.Count(id => id == 0), asked.TargetCounts["masked-lm"], 1.0);
        using var not = Collate(samples);
        Assert.Equal(0, not.TargetCounts["masked-lm"]);
        using var hidden = Collate(samples, new { scheme = "genomics-fm-release", rate = 0.9 });
        Assert.DoesNotContain(0L, Read<long>(hidden, Keys.PositionLabels));
        Assert.Contains(4L, Read<long>(hidden, Keys.InputIds));
    }

    [Fact]
    public void A_scheme_with_lengths_of_its_own_takes_no_stretches() =>
        Assert.Contains("'scheme: stretches'",
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("masked-lm", new { scheme = "dnabert-release", spanBases = 4 }))
            .Message);
}
