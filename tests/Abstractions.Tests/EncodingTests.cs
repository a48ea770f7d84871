namespace PluginHost.Abstractions.Tests;

public sealed class EncodingTests
{
    [Fact]
    public void Ids_and_spans_must_be_as_many() =>
        Assert.Equal("A tokenizer returned 2 ids but 1 spans.",
            Assert.Throws<PluginException>(() => new EncodedSequence([1, 2], [BaseSpan.None])).Message);

    [Fact]
    public void Attached_arrays_are_found_by_key_and_type()
    {
        var key = new BatchKey("matches", TorchSharp.torch.ScalarType.Bool, "B T");
        var encoding = new EncodedSequence([1], [new(0, 3)]).With(key, new[] { true });
        Assert.True(encoding.TryGet<bool>(new("matches", TorchSharp.torch.ScalarType.Bool, "B T"), out var values));
        Assert.Equal([true], values);
        Assert.False(encoding.TryGet<long>(key, out _));
    }

    [Fact]
    public void Attached_arrays_must_fit_their_column()
    {
        var encoding = new EncodedSequence([1, 2], new BaseSpan[2]);
        string Complaint(string axes, Array values) =>
            Assert.Throws<PluginException>(() => encoding.With(new("extra", TorchSharp.torch.ScalarType.Int64, axes), values)).Message;
        Assert.Equal("Axis T is 2 in the ids but 3 in 'extra'.", Complaint("B T", new long[3]));
        Assert.Contains("needs an array of Int64 with 1 dimension(s), not a Int32[]", Complaint("B T", new int[2]));
        Assert.Contains("the first of which is B", Complaint("T G", new long[2]));
    }

    [Theory]
    [InlineData(0, 3, 3, 6, false)]
    [InlineData(0, 3, 2, 5, true)]
    [InlineData(0, 0, 0, 5, false)]
    public void Half_open_spans_overlap_where_they_share_a_base(int start, int end, int otherStart, int otherEnd, bool overlap)
    {
        Assert.Equal(overlap, new BaseSpan(start, end).Overlaps(new(otherStart, otherEnd)));
        Assert.Equal(overlap, new BaseSpan(otherStart, otherEnd).Overlaps(new(start, end)));
    }
}
