using PluginHost.Host.Batches;

namespace PluginHost.Host.Tests.Batches;

public sealed class JoinedInputsTests
{
    [Fact]
    public void Samples_stand_one_input_behind_the_other_and_know_their_file()
    {
        var inputs = new JoinedInputs([("a.fa", new FakeSource([3, 4])), ("b.fa", new FakeSource([5])), ("c.fa", new FakeSource([6, 7]))]);
        Assert.Equal(5, inputs.Count);
        Assert.Equal([3, 4, 5, 6, 7], Enumerable.Range(0, 5).Select(i => inputs.Get(i, new SeededRandom(1)).Sequence.Length));
        Assert.Equal(["a.fa", "a.fa", "b.fa", "c.fa", "c.fa"], Enumerable.Range(0, 5).Select(i => inputs.FileOf(i)));
        Assert.Null(new JoinedInputs([("a.fa", new FakeSource([3]))]).FileOf(0));
    }
}
