namespace PluginHost.Abstractions.Tests;

public sealed class EncodingTests
{
    [Fact]
    public void Ids_and_spans_must_be_as_many() =>
        Assert.Equal("A tokenizer returned 2 ids but 1 spans.", Assert.Throws<PluginException>(() => new Encoding([1, 2], [BaseSpan.None])).Message);

    [Fact]
    public void Attached_arrays_are_found_by_key_and_type()
    {
        var key = new BatchKey("matches", TorchSharp.torch.ScalarType.Bool, "B T");
        var encoding = new Encoding([1], [new(0, 3)]).With(key, new[] { true });
        Assert.True(encoding.TryGet<bool>(new("matches", TorchSharp.torch.ScalarType.Bool, "B T"), out var values));
        Assert.Equal([true], values);
        Assert.False(encoding.TryGet<long>(key, out _));
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
