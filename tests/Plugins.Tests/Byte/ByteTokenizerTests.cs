using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Byte;

namespace PluginHost.Plugins.Tests.Byte;

public sealed class ByteTokenizerTests
{
    private static ITokenizer Bytes(object? options = null) => new Workbench(new BytePlugin()).UseTokenizer("byte", options);

    [Fact]
    public void The_vocabulary_has_the_papers_384_ids()
    {
        var vocabulary = Bytes().Vocabulary;
        Assert.Equal(384, vocabulary.Count);
        Assert.Equal((0, 1, 2), (vocabulary.Pad!.Value, vocabulary.Separator!.Value, vocabulary.Unknown!.Value));
        Assert.Equal((259, 383), (vocabulary.Find("<extra_id_0>")!.Value, vocabulary.Find("<extra_id_124>")!.Value));
        Assert.Equal(256, vocabulary.Regular.Count());
        Assert.Equal(267, Bytes(new { sentinels = 8 }).Vocabulary.Count);
    }

    [Fact]
    public void Each_base_is_its_byte_and_the_end_is_marked()
    {
        var encoding = Bytes().Encode(new("x", "ACGTN"), new());
        Assert.Equal([3 + 'A', 3 + 'C', 3 + 'G', 3 + 'T', 3 + 'N', 1], encoding.Ids);
        Assert.Equal([new(0, 1), new(1, 2), new(2, 3), new(3, 4), new(4, 5), BaseSpan.None], encoding.Spans);
    }

    [Fact]
    public void Another_alphabet_has_the_same_ids_and_is_told_to_the_host()
    {
        var tokenizer = Bytes(new { alphabet = "01" });
        Assert.Equal([3 + '0', 3 + '1', 1], tokenizer.Encode(new("x", "01"), new()).Ids);
        Assert.Equal("0110", tokenizer.Decode(tokenizer.Encode(new("x", "0110"), new()).Ids));
        Assert.Equal((384, "01"), (tokenizer.Vocabulary.Count, tokenizer.Alphabet.Characters));
        Assert.True(Bytes().Alphabet.IsDna);
    }

    [Fact]
    public void Characters_beyond_a_byte_are_unknown() => Assert.Equal([2, 1], Bytes().Encode(new("x", "\u0394"), new()).Ids);

    [Fact]
    public void The_limit_keeps_the_end_and_counts_dropped_bases()
    {
        var encoding = Bytes().Encode(new("x", "ACGTACGT"), new(MaxTokens: 4));
        Assert.Equal([3 + 'A', 3 + 'C', 3 + 'G', 1], encoding.Ids);
        Assert.Equal(5, encoding.DroppedBases);
        Assert.Contains("at least 2", Assert.Throws<UsageException>(() => Bytes().Encode(new("x", "A"), new(MaxTokens: 1))).Message);
    }

    [Fact]
    public void Decoding_inverts_encoding_for_every_text_of_bytes()
    {
        var tokenizer = Bytes();
        var texts = Gen.ListOf(Gen.Choose(0, 255)).Select(codes => new string([.. codes.Select(c => (char)c)]));
        Prop.ForAll(texts.ToArbitrary(), text => tokenizer.Decode(tokenizer.Encode(new("x", text), new()).Ids) == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Sentinels_decode_to_nothing_and_foreign_ids_are_named()
    {
        var tokenizer = Bytes();
        Assert.Equal("AC", tokenizer.Decode([0, 3 + 'A', tokenizer.Vocabulary.Find("<extra_id_7>")!.Value, 3 + 'C', 1]));
        Assert.Contains("Id 384", Assert.Throws<DataException>(() => tokenizer.Decode([384])).Message);
    }

    [Fact]
    public void It_keeps_the_tokenizers_contract() => TokenizerChecks.Run(Bytes(), 1);

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(new Workbench(new BytePlugin()).Offers.Single());
}
