namespace PluginHost.Abstractions.Tests;

public sealed class VocabularyTests
{
    [Fact]
    public void Ids_follow_the_order_and_special_tokens_are_known()
    {
        var v = new Vocabulary(["[PAD]", "[UNK]", "[CLS]", "A", "C"], ["[PAD]", "[UNK]", "[CLS]"]);
        Assert.Equal((5, 0, 1, 2, null, null), (v.Count, v.Pad, v.Unknown, v.Classification, v.Separator, v.Mask));
        Assert.Equal([3, 4], v.Regular);
        Assert.True(v.IsSpecial(1));
        Assert.Null(v.Find("G"));
    }

    [Fact]
    public void Parts_are_played_by_the_texts_named()
    {
        var v = new Vocabulary(["<0>", "<P>", "[PAD]", "A"], ["<0>", "<P>"], new(Pad: "<P>", Unknown: "<0>", Mask: "<M>"));
        Assert.Equal((1, 0, null, null, null), (v.Pad, v.Unknown, v.Classification, v.Separator, v.Mask));
    }

    [Fact]
    public void Duplicates_and_missing_special_tokens_are_refused()
    {
        Assert.Equal("The vocabulary has 'A' twice, as ids 0 and 1.",
            Assert.Throws<DataException>(() => new Vocabulary(["A", "A"], [])).Message);
        Assert.Equal("The vocabulary lacks the special token '[PAD]'.",
            Assert.Throws<DataException>(() => new Vocabulary(["A"], ["[PAD]"])).Message);
    }
}
