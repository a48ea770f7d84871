using PluginHost.Host.Batches;

namespace PluginHost.Host.Tests.Batches;

public class BatchFeedTests
{
    private sealed class Item(int number, Action? disposed = null) : IDisposable
    {
        public int Number { get; } = number;

        public void Dispose() => disposed?.Invoke();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Items_come_in_order_whatever_the_worker_count(int workers)
    {
        using var feed = new BatchFeed<int, Item>(Enumerable.Range(0, 200), i =>
        {
            if (i % 7 == 0) Thread.Sleep(1);
            return new Item(i);
        }, workers);

        for (var i = 0; i < 200; i++) Assert.Equal(i, feed.Next()!.Number);
        Assert.Null(feed.Next());
    }

    [Fact]
    public void A_failure_in_a_worker_surfaces_as_thrown_in_its_turn()
    {
        using var feed = new BatchFeed<int,
            Item>(Enumerable.Range(0, 10), i => i == 3 ? throw new DataException("train.csv:5: bad") : new Item(i), 2);

        for (var i = 0; i < 3; i++) Assert.Equal(i, feed.Next()!.Number);
        Assert.Equal("train.csv:5: bad", Assert.Throws<DataException>(() => feed.Next()).Message);
    }

    [Fact]
    public void A_failure_in_the_plan_surfaces_too()
    {
        static IEnumerable<int> Failing()
        {
            yield return 0;
            throw new DataException("genome.fa: gone");
        }

        using var feed = new BatchFeed<int, Item>(Failing(), i => new Item(i), 1);

        Assert.Equal(0, feed.Next()!.Number);
        Assert.Throws<DataException>(() => feed.Next());
    }

    [Fact]
    public void It_stays_only_a_little_ahead()
    {
        var made = 0;
        using var feed = new BatchFeed<int,
            Item>(Enumerable.Range(0, 1000), i => { Interlocked.Increment(ref made); return new Item(i); }, 2);
        feed.Next();
        Thread.Sleep(100);

        Assert.InRange(Volatile.Read(ref made), 1, 8);
    }

    [Fact]
    public void Disposing_early_frees_everything_that_was_prepared()
    {
        var (made, freed) = (0, 0);
        var feed = new BatchFeed<int, Item>(Enumerable.Range(0, 1000), i =>
        {
            Interlocked.Increment(ref made);
            return new Item(i, () => Interlocked.Increment(ref freed));
        }, 3);
        feed.Next()!.Dispose();
        Thread.Sleep(50);
        feed.Dispose();

        Assert.Equal(made, freed);
    }
}
