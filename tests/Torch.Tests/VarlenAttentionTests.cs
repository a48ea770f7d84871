using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Attention of sequences one after another, against attention of each by single operators.</summary>
public sealed class VarlenAttentionTests
{
    private const int Heads = 3;

    private static Tensor OneByOne(Tensor[] inputs, long[] lengths, Tensor? bias)
    {
        var parts = new List<Tensor>();
        var start = 0L;
        foreach (var length in lengths)
        {
            var (query, key, value) = (Part(inputs[0]), Part(inputs[1]), Part(inputs[2]));
            var scores = query.matmul(key.transpose(1, 2)) / Math.Sqrt(query.shape[2]);
            if (bias is not null) scores = scores + bias[.., ..(int)length, ..(int)length];
            parts.Add(scores.softmax(-1).matmul(value).transpose(0, 1).flatten(1, 2));
            start += length;

            Tensor Part(Tensor x) => x.narrow(0, start, length).unflatten(1, [Heads, -1]).transpose(0, 1);
        }
        return cat(parts);
    }

    /// <summary>Columns of one packed projection: views with rows further apart than they are wide.</summary>
    private static Tensor[] Inputs(long tokens) => randn(tokens, 3 * Heads * 8).chunk(3, -1);

    [Theory]
    [InlineData(false, 5, 1, 9)]
    [InlineData(true, 5, 0, 9, 2)]
    // Equal lengths go together.
    [InlineData(true, 6, 6, 6, 2, 6)]
    [InlineData(true, 700, 3)]
    public void It_equals_attention_of_each_sequence(bool biased, params int[] counts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(5);
        long[] lengths = [.. counts.Select(c => (long)c)];
        var inputs = Inputs(lengths.Sum());
        var bias = biased ? randn(Heads, counts.Max() + 2, counts.Max() + 2) : null;

        var actual = Extras.varlen_attention(inputs[0], inputs[1], inputs[2], lengths, Heads, bias);

        Assert.True(actual.is_contiguous());
        Assert.True(actual.allclose(OneByOne(inputs, [.. lengths.Where(l => l > 0)], bias), 1e-4, 1e-5));
    }

    [Fact]
    public void Its_bits_do_not_depend_on_threads_or_neighbours()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(6);
        var inputs = Inputs(1000);
        var before = Threads.Count;
        try
        {
            Threads.Count = 1;
            var one = Extras.varlen_attention(inputs[0], inputs[1], inputs[2], [600, 0, 400], Heads);
            Threads.Count = 4;
            var four = Extras.varlen_attention(inputs[0], inputs[1], inputs[2], [600, 0, 400], Heads);
            var last = inputs.Select(t => t[600..]).ToArray();
            Assert.True(one.Equals(four));
            Assert.True(one[600..].Equals(Extras.varlen_attention(last[0], last[1], last[2], [400], Heads)));
        }
        finally
        {
            Threads.Count = before;
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        var inputs = Inputs(10);
        Assert.Contains("add up", Assert.ThrowsAny<Exception>(() => Extras.varlen_attention(inputs[0], inputs[1], inputs[2], [9], Heads))
            .Message);
        Assert.Contains("multiple of the heads",
            Assert.ThrowsAny<Exception>(() => Extras.varlen_attention(inputs[0], inputs[1], inputs[2], [10], 5)).Message);
        Assert.Contains("as long as the longest",
            Assert.ThrowsAny<Exception>(() => Extras.varlen_attention(inputs[0], inputs[1], inputs[2], [10], Heads, zeros(Heads, 9, 9)))
            .Message);
        Assert.Contains("as many keys",
            Assert.ThrowsAny<Exception>(() => Extras.varlen_attention(inputs[0], inputs[1][1..], inputs[2], [10], Heads)).Message);
    }
}
