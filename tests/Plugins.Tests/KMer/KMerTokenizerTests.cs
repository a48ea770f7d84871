using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.KMer;

public sealed class KMerTokenizerTests
{
    private static ITokenizer KMer(object? options = null) => new Workbench(new KMerPlugin()).UseTokenizer("kmer", options);

    private static int[] Ids(ITokenizer tokenizer, string sequence) => tokenizer.Encode(new("x", sequence), new()).Ids;

    private static string[] Texts(ITokenizer tokenizer, string sequence) =>
        [.. tokenizer.Encode(new("x", sequence), new(SpecialTokens: false)).Ids.Select(id => tokenizer.Vocabulary.Tokens[id])];

    [Theory]
    [InlineData(3, 69)]
    [InlineData(4, 261)]
    [InlineData(5, 1029)]
    [InlineData(6, 4101)]
    public void The_vocabulary_has_the_published_size(int k, int size) => Assert.Equal(size, KMer(new { k }).Vocabulary.Count);

    [Fact]
    public void Ids_are_in_the_published_order()
    {
        var tokens = KMer(new { k = 3 }).Vocabulary.Tokens;
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "AAA", "AAT", "AAC", "AAG", "ATA", "ATT", "ATC", "ATG", "ACA"],
            tokens.Take(14));
        Assert.Equal("GGG", tokens[68]);
        Assert.Equal("TAA", tokens[5 + 16]);
    }

    [Fact]
    public void The_papers_example_is_four_3mers_or_two_5mers()
    {
        Assert.Equal(["ATG", "TGG", "GGC", "GCT"], Texts(KMer(new { k = 3 }), "ATGGCT"));
        Assert.Equal(["ATGGC", "TGGCT"], Texts(KMer(new { k = 5 }), "ATGGCT"));
        Assert.Equal([2, 12, 36, 67, 62, 3], Ids(KMer(new { k = 3 }), "ATGGCT"));
    }

    [Fact]
    public void A_kmer_with_an_ambiguous_base_is_unknown_and_keeps_its_span()
    {
        var tokenizer = KMer(new { k = 3 });
        var encoding = tokenizer.Encode(new("x", "ACGNACGT"), new());
        Assert.Equal([2, Id("ACG"), 1, 1, 1, Id("ACG"), Id("CGT"), 3], encoding.Ids);
        Assert.Equal(new BaseSpan(1, 4), encoding.Spans[2]);
        Assert.Equal("ACGNACGT", tokenizer.Decode(encoding.Ids));
        int Id(string word) => tokenizer.Vocabulary.Find(word)!.Value;
    }

    [Fact]
    public void Lower_case_counts_as_upper_case() => Assert.Equal(Ids(KMer(), "ACGTACGTAC"), Ids(KMer(), "acgtACgtac"));

    [Theory]
    [InlineData("ACG")]
    [InlineData("A")]
    public void A_sequence_below_k_is_one_unknown_token_over_all_its_bases(string sequence)
    {
        var encoding = KMer().Encode(new("x", sequence), new());
        Assert.Equal([2, 1, 3], encoding.Ids);
        Assert.Equal(new BaseSpan(0, sequence.Length), encoding.Spans[1]);
        Assert.Equal(0, encoding.DroppedBases);
    }

    [Fact]
    public void Without_overlap_the_tail_is_a_shorter_word()
    {
        var tokenizer = KMer(new { k = 3, stride = 3 });
        Assert.Equal(["ACG", "TAC", "GT"], Texts(tokenizer, "ACGTACGT"));
        Assert.Equal(5 + 64 + 16 + 4, tokenizer.Vocabulary.Count);
    }

    [Fact]
    public void A_dropped_tail_is_counted()
    {
        var tokenizer = KMer(new { k = 3, stride = 3, tail = "drop" });
        var encoding = tokenizer.Encode(new("x", "ACGTACGT"), new());
        Assert.Equal(2, encoding.DroppedBases);
        Assert.Equal(69, tokenizer.Vocabulary.Count);
    }

    [Fact]
    public void Truncation_drops_from_the_end_and_says_how_much()
    {
        var encoding = KMer(new { k = 3 }).Encode(new("x", "ACGTACGTAC"), new(MaxTokens: 6));
        Assert.Equal(6, encoding.Ids.Length);
        Assert.Equal(3, encoding.Ids[^1]);
        Assert.Equal(10 - 6, encoding.DroppedBases);
    }

    [Fact]
    public void A_limit_without_room_for_a_base_is_refused() =>
        Assert.Contains("at least 3", Assert.Throws<UsageException>(() => KMer().Encode(new("x", "ACGTACGT"), new(MaxTokens: 2))).Message);

    [Fact]
    public void A_stride_above_k_leaves_unseen_bases_as_N() =>
        Assert.Equal("ACNNACNNA", KMer(new { k = 2, stride = 4 }) is var t ? t.Decode(Ids(t, "ACGTACGTA")) : "");

    [Fact]
    public void Decoding_keeps_the_place_of_a_mask()
    {
        var tokenizer = KMer(new { k = 3 });
        var ids = Ids(tokenizer, "ACGTACGT");
        ids[3] = ids[4] = ids[5] = tokenizer.Vocabulary.Mask!.Value;
        Assert.Equal("ACGTNCGT", tokenizer.Decode(ids));
    }

    [Fact]
    public void Decoding_inverts_encoding_at_every_k_and_stride_up_to_k()
    {
        var cases =
            from k in Gen.Choose(1, 8)
            from stride in Gen.Choose(1, k)
            from extra in Gen.Choose(0, 50)
            from bases in Gen.ArrayOf(Gen.Elements("ACGT".ToCharArray()), k + extra)
            select (k, stride, new string(bases));
        var tokenizers = new Dictionary<(int, int), ITokenizer>();
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            if (!tokenizers.TryGetValue((c.k, c.stride), out var tokenizer))
                tokenizers[(c.k, c.stride)] = tokenizer = KMer(new { c.k, c.stride });
            return tokenizer.Decode(Ids(tokenizer, c.Item3)) == c.Item3;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(6, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 6)]
    [InlineData(4, 3)]
    public void It_keeps_the_tokenizers_contract(int k, int stride) => TokenizerChecks.Run(KMer(new { k, stride }), k);

    [Fact]
    public void It_keeps_the_contract_with_a_dropped_tail_and_with_gaps()
    {
        TokenizerChecks.Run(KMer(new { k = 3, stride = 3, tail = "drop" }), 3, exact: false);
        TokenizerChecks.Run(KMer(new { k = 3, stride = 5 }), 3, exact: false);
    }

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(new Workbench(new KMerPlugin()).Offers.Single());
}
