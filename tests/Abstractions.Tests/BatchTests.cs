namespace PluginHost.Abstractions.Tests;

using static TorchSharp.torch;

public sealed class BatchTests
{
    private static Batch Empty => new([], []);

    [Fact]
    public void Columns_are_found_by_key_and_axes_have_sizes()
    {
        using var batch = Empty.Set(Keys.InputIds, zeros([2, 3], ScalarType.Int64)).Set(new("gc", ScalarType.Float32, "B"), zeros([2]));
        Assert.Equal((2, 3), (batch.Axis("B"), batch.Axis("T")));
        Assert.Equal([2, 3], batch[new("input_ids", ScalarType.Int64, "B T")].shape);
        Assert.False(batch.TryGet(Keys.AttentionMask, out _));
    }

    [Fact]
    public void An_axis_has_one_size_and_a_column_one_type_and_rank()
    {
        using var batch = Empty.Set(Keys.InputIds, zeros([2, 3], ScalarType.Int64));
        Assert.Equal("Axis T is 3 in 'input_ids' but 4 in 'labels'.",
            Complaint(() => batch.Set(Keys.Labels, zeros([2, 4], ScalarType.Int64))));
        Assert.Equal("Column 'labels' must be Int64 but is Float32.", Complaint(() => batch.Set(Keys.Labels, zeros([2, 3]))));
        Assert.Equal("Column 'labels' must have axes [B T] but has shape [2].",
            Complaint(() => batch.Set(Keys.Labels, zeros([2], ScalarType.Int64))));
        Assert.StartsWith("The batch has no column labels Int64 [B T]; it has: input_ids Int64 [B T]",
            Complaint(() => _ = batch[Keys.Labels]));
        Assert.Equal("The batch has no axis Q; it has: B, T.", Complaint(() => batch.Axis("Q")));
    }

    [Fact]
    public void Padding_fills_to_the_longest_and_is_counted()
    {
        EncodedSequence Of(params int[] ids) => new(ids, new BaseSpan[ids.Length]);
        using var batch = Collation.Pad([new("a", "A"), new("b", "C")], [Of(2, 7, 3), Of(2)], padId: 0);
        Assert.Equal([2, 7, 3, 2, 0, 0], batch[Keys.InputIds].data<long>().ToArray());
        Assert.Equal([true, true, true, true, false, false], batch[Keys.AttentionMask].data<bool>().ToArray());
        Assert.Equal((4, 6), (batch.RealTokens, batch.Tokens));
        using var longer = Collation.Pad([new("a", "A")], [Of(2)], padId: 0, length: 4);
        Assert.Equal(4, longer.Axis("T"));
    }

    [Fact]
    public void Attached_arrays_become_padded_columns()
    {
        var (ids, match, value) = (new BatchKey("unit_ids", ScalarType.Int64, "B G"), new BatchKey("unit_match", ScalarType.Bool, "B T G"),
            new BatchKey("value", ScalarType.Float32, "B T"));
        var one = new EncodedSequence([2, 7, 3], new BaseSpan[3])
            .With(ids, new long[] { 5, 6 }).With(match, new[,] { { false, false }, { true, true }, { false, true } })
                .With(value, new[] { 0f, 1.5f, 0f });
        var none = new EncodedSequence([2, 3], new BaseSpan[2]).With(ids, Array.Empty<long>()).With(match, new bool[2, 0]);
        using var batch = Collation.Pad([new("a", "A"), new("b", "C")], [one, none], padId: 0, length: 4);
        Assert.Equal([5, 6, 0, 0], batch[ids].data<long>().ToArray());
        Assert.Equal([2, 4, 2], batch[match].shape);
        Assert.Equal([false, false, true, true, false, true, false, false], batch[match].data<bool>().ToArray()[..8]);
        Assert.DoesNotContain(true, batch[match].data<bool>().ToArray()[8..]);
        Assert.Equal([0, 1.5f, 0, 0, 0, 0, 0, 0], batch[value].data<float>().ToArray());
        using var empty = Collation.Pad([new("b", "C")], [none], padId: 0);
        Assert.Equal([1, 1], empty[ids].shape);
    }

    private static string Complaint(Action action) => Assert.Throws<PluginException>(action).Message;
}
