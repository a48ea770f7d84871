using PluginHost.Host.Batches;

namespace PluginHost.Host.Tests.Batches;

public class BatchPlanTests
{
    private static BatchPlan Plan(int count, int batchTokens = 400, int batchSize = 8, ulong seed = 1, int pool = 256) =>
        new(new FakeSource([.. Enumerable.Range(0, count).Select(i => 10 + i * 37 % 91)]), s => s.Sequence.Length, seed, batchTokens,
            batchSize, pool);

    private static List<PlannedBatch> Epoch(BatchPlan plan, long epoch) =>
        [.. plan.From(new BatchPosition(epoch, 0, 0)).TakeWhile(b => b.Position.Epoch == epoch)];

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public void An_epoch_holds_every_sample_once(int batchTokens)
    {
        var seen = Epoch(Plan(1000, batchTokens), 3).SelectMany(b => b.Samples).Order().ToList();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), seen);
    }

    [Fact]
    public void No_batch_is_over_the_token_budget()
    {
        foreach (var batch in Epoch(Plan(1000), 0))
        {
            var longest = batch.Samples.Max(i => 10 + i * 37 % 91);
            Assert.True(longest * batch.Samples.Length <= 400, $"{batch.Samples.Length} samples of up to {longest} tokens");
        }
    }

    [Fact]
    public void A_sample_over_the_budget_is_a_batch_of_its_own()
    {
        var plan = new BatchPlan(new FakeSource([5, 500, 6, 7]), s => s.Sequence.Length, 1, 100, 1);

        Assert.Contains(Epoch(plan, 0), b => b.Samples is [1]);
        Assert.Equal(4, Epoch(plan, 0).Sum(b => b.Samples.Length));
    }

    [Fact]
    public void Packing_by_length_leaves_little_padding()
    {
        var (real, padded) = (0L, 0L);
        foreach (var batch in Epoch(Plan(4000, batchTokens: 2000, pool: 2048), 0))
        {
            var lengths = batch.Samples.Select(i => 10 + i * 37 % 91).ToList();
            real += lengths.Sum();
            padded += lengths.Max() * lengths.Count;
        }

        Assert.True(1 - (double)real / padded < 0.06, $"padding {1 - (double)real / padded:P1}");
    }

    [Fact]
    public void Any_position_continues_the_same_sequence()
    {
        var plan = Plan(700);
        var all = plan.From(default).Take(200).ToList();
        foreach (var start in (int[])[0, 1, 17, 60, 133])
        {
            var resumed = Plan(700).From(all[start].Position).Take(20).ToList();
            Assert.Equal(all.Skip(start).Take(20).Select(b => b.Position), resumed.Select(b => b.Position));
            Assert.Equal(all.Skip(start).Take(20).Select(b => string.Join(',', b.Samples)),
                resumed.Select(b => string.Join(',', b.Samples)));
        }
    }

    [Fact]
    public void Next_is_the_position_of_the_batch_that_follows()
    {
        var batches = Plan(700).From(default).Take(200).ToList();

        Assert.Equal(batches.Skip(1).Select(b => b.Position), batches.SkipLast(1).Select(b => b.Next));
    }

    [Fact]
    public void Epochs_and_seeds_differ_and_a_seed_repeats()
    {
        static string Text(IEnumerable<PlannedBatch> batches) => string.Join(';', batches.Select(b => string.Join(',', b.Samples)));

        Assert.Equal(Text(Epoch(Plan(100), 0)), Text(Epoch(Plan(100), 0)));
        Assert.NotEqual(Text(Epoch(Plan(100), 0)), Text(Epoch(Plan(100), 1)));
        Assert.NotEqual(Text(Epoch(Plan(100), 0)), Text(Epoch(Plan(100, seed: 2), 0)));
    }

    [Theory]
    [InlineData(0, 125)]
    [InlineData(400, null)]
    public void Counting_agrees_with_enumerating(int batchTokens, int? expected)
    {
        var plan = Plan(1000, batchTokens);

        Assert.Equal(Epoch(plan, 0).Count, plan.CountBatches(0));
        if (expected is { } count) Assert.Equal(count, plan.CountBatches(0));
    }

    [Fact]
    public void Epoch_share_ends_at_one()
    {
        var batches = Epoch(Plan(1000), 0);

        Assert.Equal(1.0, batches[^1].EpochShare, 12);
        Assert.Equal(batches.Select(b => b.EpochShare).Order(), batches.Select(b => b.EpochShare));
    }

    [Fact]
    public void A_drawing_source_draws_anew_each_epoch_and_the_same_in_a_repeat()
    {
        var plan = new BatchPlan(new FakeSource([50, 50], redraw: true), s => s.Sequence.Length, 1, 100, 1);

        string Drawn(long epoch) => string.Join(' ', plan.From(new BatchPosition(epoch, 0, 0)).TakeWhile(b => b.Position.Epoch == epoch)
            .SelectMany(b => plan.Samples(b).Zip(b.Samples)).OrderBy(s => s.Second).Select(s => s.First.Sequence));
        Assert.Equal(Drawn(0), Drawn(0));
        Assert.NotEqual(Drawn(0), Drawn(1));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public void A_sample_is_drawn_once_a_batch(int batchTokens)
    {
        var source = new CountedDraws(new FakeSource([.. Enumerable.Range(0, 40).Select(i => 10 + i % 7)]));
        var plan = new BatchPlan(source, s => s.Sequence.Length, 1, batchTokens, 4);
        foreach (var batch in plan.From(default))
        {
            plan.Samples(batch);
            if (batch.EpochShare >= 1) break;
        }
        Assert.Equal(40, source.Draws);
    }

    private sealed class CountedDraws(ISampleSource inner) : ISampleSource
    {
        public int Draws { get; private set; }

        public long Count => inner.Count;

        public Sample Get(long index, SeededRandom random)
        {
            Draws++;
            return inner.Get(index, random);
        }
    }
}
