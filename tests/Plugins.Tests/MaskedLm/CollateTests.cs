using PluginHost.Libs.Masking;
using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.MaskedLm;

public sealed class CollateTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new MaskedLmPlugin());
    private readonly IReadOnlyList<Sample> samples = SampleDna.Random(64, 50, 500);

    public CollateTests() => bench.UseTokenizer("kmer", new { k = 6 });

    private Batch Collate(object? options = null, CollateMode mode = CollateMode.Train, double progress = 0,
        IReadOnlyList<Sample>? from = null, ulong seed = 1) =>
        bench.Build<IObjective>("masked-lm", options).Collate(from ?? samples,
            new CollateContext(bench.Tokenizer, 512, mode, new SeededRandom(seed)) { Progress = progress });

    private static T[] Read<T>(Batch batch, BatchKey key) where T : unmanaged => batch[key].data<T>().ToArray();

    private double Share(Batch batch) => (double)batch.TargetCounts["masked-lm"] / samples.Sum(s => s.Sequence.Length - 5);

    [Fact]
    public void Labels_are_the_original_tokens_and_all_else_is_untouched()
    {
        using var batch = Collate();
        var (ids, positions, labels, atMask) =
            (Read<long>(batch, Keys.InputIds), Read<long>(batch, Keys.Positions), Read<long>(batch, Keys.PositionLabels),
                Read<bool>(batch, ScoredPositions.AtMask));
        var length = batch.Axis("T");
        var scored = positions.ToHashSet();
        for (var m = 0; m < positions.Length; m++)
        {
            Assert.Equal(batch.Encodings[(int)(positions[m] / length)].Ids[positions[m] % length], labels[m]);
            Assert.Equal(atMask[m], ids[positions[m]] == 4);
        }
        for (var b = 0; b < samples.Count; b++)
            for (var t = 0; t < batch.Encodings[b].Ids.Length; t++)
                if (!scored.Contains(b * length + t)) Assert.Equal(batch.Encodings[b].Ids[t], ids[b * length + t]);
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(positions.Length, scored.Count);
    }

    [Fact]
    public void Of_hidden_tokens_eight_in_ten_are_masked_one_replaced_one_kept()
    {
        var many = SampleDna.Random(256, 500, 500);
        using var batch = Collate(from: many);
        var (ids, positions, labels) =
            (Read<long>(batch, Keys.InputIds), Read<long>(batch, Keys.Positions), Read<long>(batch, Keys.PositionLabels));
        var masked = positions.Count(p => ids[p] == 4) / (double)positions.Length;
        var kept = positions.Where((p, m) => ids[p] == labels[m]).Count() / (double)positions.Length;
        Assert.InRange(masked, 0.78, 0.82);
        Assert.InRange(kept, 0.085, 0.115);
        Assert.DoesNotContain(positions, p => ids[p] is < 4);
    }

    [Fact]
    public void Random_tokens_may_include_special_ones_as_in_the_published_code()
    {
        bench.UseTokenizer("kmer", new { k = 1 });
        using var batch = Collate(new { maskShare = 0.0, randomShare = 1.0, randomIncludesSpecials = true });
        var ids = Read<long>(batch, Keys.InputIds);
        var drawn = Read<long>(batch, Keys.Positions).Select(p => ids[p]).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (long)i), drawn);
    }

    [Fact]
    public void The_share_is_the_rate_and_follows_the_papers_schedule_in_training_only()
    {
        var schedule = new { rateLater = 0.20 };
        using var early = Collate(schedule, progress: 0.83);
        using var late = Collate(schedule, progress: 0.84);
        using var dev = Collate(schedule, CollateMode.Evaluate, progress: 0.84);
        Assert.InRange(Share(early), 0.145, 0.155);
        Assert.InRange(Share(late), 0.195, 0.205);
        Assert.InRange(Share(dev), 0.145, 0.155);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(5000)]
    public void A_fixed_number_of_positions_is_kept_exactly(int count)
    {
        using var batch = Collate(new { fixedPositions = count });
        var labels = Read<long>(batch, Keys.PositionLabels);
        Assert.Equal(count, labels.Length);
        Assert.Equal(batch.TargetCounts["masked-lm"], labels.Count(l => l != Keys.Ignore));
        using var free = Collate();
        Assert.Equal(Math.Min(count, free.TargetCounts["masked-lm"]), batch.TargetCounts["masked-lm"]);
        Assert.Equal(Read<long>(free, Keys.InputIds), Read<long>(batch, Keys.InputIds));
    }

    [Fact]
    public void Unknown_and_special_tokens_are_never_asked_for()
    {
        using var batch = Collate(new { rate = 0.9 }, from: [new("n", "ACGTACGTACNACGTACGTACGGT"), new("all", "NNNNNNNNNN")]);
        Assert.DoesNotContain(Read<long>(batch, Keys.PositionLabels), l => l is >= 0 and < 5);
        using var none = Collate(from: [new("all", "NNNNNNNNNN")]);
        Assert.Equal(0, none.TargetCounts["masked-lm"]);
        Assert.Equal([Keys.Ignore], Read<long>(none, Keys.PositionLabels));
    }

    [Fact]
    public void For_prediction_nothing_is_hidden()
    {
        using var batch = Collate(mode: CollateMode.Predict);
        Assert.DoesNotContain(4L, Read<long>(batch, Keys.InputIds));
        Assert.Equal(0, batch.TargetCounts["masked-lm"]);
        Assert.Equal(samples.Sum(s => s.Sequence.Length - 5), Read<long>(batch, Keys.Positions).Length);
    }

    [Fact]
    public void Shares_above_one_are_refused() =>
        Assert.Contains("more than 1", Assert.Throws<UsageException>(() => Collate(new { maskShare = 0.8, randomShare = 0.3 })).Message);

    [Fact]
    public void An_empty_sequence_is_named() =>
        Assert.Contains("sample 'e'", Assert.Throws<DataException>(() => Collate(from: [new("e", "")])).Message);

    [Fact]
    public void Its_options_keep_their_limits()
    {
        foreach (var offer in bench.Offers) OptionsChecks.Run(offer);
    }
}
