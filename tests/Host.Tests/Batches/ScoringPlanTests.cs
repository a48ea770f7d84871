using PluginHost.Host.Batches;

namespace PluginHost.Host.Tests.Batches;

public class ScoringPlanTests
{
    [Fact]
    public void Every_sample_is_in_one_batch_within_the_budget_shortest_first()
    {
        var samples = Enumerable.Range(0, 500).Select(i => ((long)i, Tokens: 5 + i * 31 % 97)).ToList();
        var batches = ScoringPlan.Pack(samples, 300, 1);

        Assert.Equal(samples.Select(s => s.Item1), batches.SelectMany(b => b).Order());
        Assert.All(batches, b => Assert.True(b.Max(i => samples[(int)i].Tokens) * b.Length <= 300));
        var longest = batches.Select(b => b.Max(i => samples[(int)i].Tokens)).ToList();
        Assert.Equal(longest.Order(), longest);
    }

    [Fact]
    public void Without_a_budget_batches_have_the_asked_size() =>
        Assert.Equal([4, 4, 2], ScoringPlan.Pack(Enumerable.Range(0, 10).Select(i => ((long)i, 7)), 0, 4).Select(b => b.Length));

    [Theory]
    [InlineData(10, 0, new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(10, 4, new long[] { 0, 2, 5, 7 })]
    [InlineData(3, 9, new long[] { 0, 1, 2 })]
    public void A_limited_choice_is_spread_over_the_split(long count, long limit, long[] expected) =>
        Assert.Equal(expected, ScoringPlan.Choose(count, limit));
}
