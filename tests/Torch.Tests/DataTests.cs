using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Values in and out, conversions, assignment by index, and random state.</summary>
public sealed class DataTests
{
    [Fact]
    public void Arrays_of_every_type_and_rank_round_trip()
    {
        Assert.Equal([1L, 2L, 3L], tensor(new long[] { 1, 2, 3 }).data<long>().ToArray());
        Assert.Equal([1.5, 2.5], tensor(new[] { 1.5, 2.5 }).data<double>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal(new float[,] { { 1, 2 }, { 3, 4 } }, (float[,])tensor(new float[,] { { 1, 2 }, { 3, 4 } }).data<float>().ToNDArray());
        Assert.Equal([2L, 1L, 2L], tensor(new[,,] { { { 1, 2 } }, { { 3, 4 } } }).shape);
        Assert.Equal([2L, 3L], tensor(new[] { 1f, 2, 3, 4, 5, 6 }, [2, 3]).shape);
        Assert.Equal(ScalarType.Float32, tensor(new long[] { 1 }, dtype: ScalarType.Float32).dtype);
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2f }, [3]));
        Assert.Equal(0L, tensor(Array.Empty<float>()).numel());
    }

    [Fact]
    public void Views_read_and_write_in_their_own_order()
    {
        using var matrix = arange(6).reshape(2, 3);
        using var turned = matrix.t();
        Assert.Equal([0L, 3, 1, 4, 2, 5], turned.data<long>().ToArray());
        Assert.Equal([0L, 3, 1, 4, 2, 5], turned.data<long>());
        turned.data<long>()[2, 1] = 50;
        Assert.Equal(50L, matrix[1, 2].item<long>());
        turned.data<long>().CopyFrom([9, 8, 7]);
        Assert.Equal([9L, 7, 2, 8, 4, 50], matrix.data<long>().ToArray());
    }

    [Fact]
    public void Elements_rows_slices_and_masks_can_be_assigned()
    {
        using var x = zeros(3, 4);
        x[0, 1] = 5f;
        x[1] = ones(4);
        x[TensorIndex.Colon, TensorIndex.Slice(2, 4)] = full([3, 2], 7f);
        x[x > 6] = -1f;
        _ = x.index_put_(tensor(9f), TensorIndex.Single(2), TensorIndex.Single(0));
        Assert.Equal([0f, 5, -1, -1, 1, 1, -1, -1, 9, 0, -1, -1], x.data<float>().ToArray());
        using var counts = zeros(3);
        _ = counts.index_put_(ones(4), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Assert.Equal([1f, 0, 3], counts.data<float>().ToArray());
    }

    [Fact]
    public void Scalars_convert_both_ways()
    {
        Assert.Equal(3.5f, (float)tensor(3.5f));
        Assert.Equal(4L, (long)tensor(4));
        Assert.True((bool)tensor(true));
        Assert.Equal(2.0, tensor(2L).ToScalar().ToDouble());
        Assert.Equal(ScalarType.Int64, (ones(2, ScalarType.Int64) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, ScalarType.Int64) * 2.0).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.0).dtype);
        Tensor implicitly = 3f;
        Assert.Equal(3f, implicitly.item<float>());
    }

    [Fact]
    public void Bfloat16_rounds_to_nearest_even_like_libtorch()
    {
        var values = new[] { 1f, 1.00390625f, 1.01171875f, -3.1415927f, 65504f, 1e-30f, 0f };
        using var converted = tensor(values).to(ScalarType.BFloat16);
        using var back = converted.to(ScalarType.Float32);
        Assert.Equal(back.data<float>().ToArray(), values.Select(v => new BFloat16(v).ToSingle()));
        Assert.Equal(new BFloat16(-3.1415927f), converted.data<BFloat16>()[3]);
    }

    [Fact]
    public void Random_state_repeats_every_draw()
    {
        RandomState.Seed(11);
        _ = rand(3);
        var state = RandomState.Get();
        var first = (randn(5), randperm(7), Extras.dropout(ones(50), 0.5));
        RandomState.Set(state);
        Assert.True(randn(5).Equals(first.Item1));
        Assert.True(randperm(7).Equals(first.Item2));
        Assert.True(Extras.dropout(ones(50), 0.5).Equals(first.Item3));
    }

    [Fact]
    public void Generators_are_independent_streams()
    {
        using var one = new Generator(5);
        using var two = new Generator(5);
        Assert.True(randn(4, generator: one).Equals(randn(4, generator: two)));
        Assert.False(randn(4, generator: one).Equals(randn(4)));
        _ = one.manual_seed(9);
        Assert.Equal(9, one.initial_seed());
        using var saved = two.get_state();
        var next = randint(0, 1000, [3], generator: two);
        two.set_state(saved);
        Assert.True(randint(0, 1000, [3], generator: two).Equals(next));
    }

    [Fact]
    public void Masked_cross_entropy_gives_sum_and_count()
    {
        using var scope = NewDisposeScope();
        var logits = randn(2, 3, 5).requires_grad_();
        var targets = tensor(new long[,] { { 1, -100, 4 }, { -100, -100, 0 } });
        var (sum, count) = Extras.masked_cross_entropy(logits, targets);
        Assert.Equal(3L, count.item<long>());
        var mean = nn.functional.cross_entropy(logits.reshape(-1, 5), targets.reshape(-1));
        Assert.Equal(mean.item<float>() * 3, sum.item<float>(), 4);
        sum.backward();
        Assert.Equal(0f, logits.grad![0, 1].abs().sum().item<float>());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var x = zeros(2, ScalarType.Int32);
        x.bytes = new byte[] { 1, 0, 0, 0, 0, 1, 0, 0 };
        Assert.Equal([1, 256], x.data<int>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
        using var turned = zeros(2, 3).t();
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
    }

    [Fact]
    public void Lists_longer_than_the_call_buffer_pass_whole()
    {
        var parts = Enumerable.Range(0, 500).Select(i => tensor(new long[] { i })).ToArray();
        Assert.Equal(500L * 499 / 2, cat(parts).sum().item<long>());
        Assert.Equal(500, cat(parts).split([.. Enumerable.Repeat(1L, 500)], 0L).Length);
    }
}
