using PluginHost.Plugins.GGram;

namespace PluginHost.Plugins.Tests.GGram;

public sealed class GGramFileTests
{
    private static long[] Ids(ITokenizer tokenizer, string sequence) =>
        (long[])tokenizer.Encode(new("x", sequence), new()).Attached[GGramColumns.Ids];

    [Fact]
    public void The_published_layout_is_read()
    {
        using var bench = new GGramBench();
        var tokenizer = bench.Write("""
            {"min_ngram_len": 2, "max_ngram_len": 5, "max_ngram_count": 30, "pad_ngram_id": 0, "pad_ngram": "<PAD>", "ngram_size": 3,
             "vocab": {"<PAD>": 0, "AAA CCC": 2, "CCC GGG TTT": 1}}
            """);
        Assert.Equal([2, 1], Ids(tokenizer, "AAACCCGGGTTT"));
    }

    [Fact]
    public void The_earlier_layout_is_read_with_ids_moved_by_one()
    {
        using var bench = new GGramBench();
        // AAA is 5, TTT 26, CCC 47, GGG 68.
        var tokenizer = bench.Write("""{"vocab": {"5:47": 0, "47:68:26": 1}, "max_ngram_len": 5, "min_ngram_len": 2, "max_ngrams": 20}""");
        Assert.Equal([1, 2], Ids(tokenizer, "AAACCCGGGTTT"));
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[1]", "no map 'vocab'")]
    [InlineData("{\"vocab\": {}}", "holds no G-grams")]
    [InlineData("{\"vocab\": {\"<PAD>\": 0}}", "holds no G-grams")]
    [InlineData("{\"vocab\": {\"AAA\": 1}}", "single token")]
    [InlineData("{\"vocab\": {\"AAA CCC\": 0}}", "0 is padding")]
    [InlineData("{\"vocab\": {\"AAA CCC\": \"x\"}}", "not a whole number")]
    [InlineData("{\"vocab\": {\"AAA CCC\": 1, \"CCC AAA\": 1}}", "the same id 1")]
    [InlineData("{\"vocab\": {\"AAA CCC\": 1, \"AAA CCC\": 2}}", "twice")]
    [InlineData("{\"vocab\": {\"AAA CCCC\": 1}}", "made for another tokenizer: token 'CCCC' of G-gram 'AAA CCCC'")]
    [InlineData("{\"vocab\": {\"5:4000\": 0}}", "made for another tokenizer: it has token id 4000")]
    [InlineData("{\"tokenizer\": {\"use\": \"bpe\", \"vocabulary_size\": 4096, \"sha256\": \"00\"}, \"vocab\": {\"AAA CCC\": 1}}",
        "made for another tokenizer: one of 4,096 tokens, while 'kmer' has 69")]
    [InlineData("{\"tokenizer\": {\"use\": \"kmer\", \"vocabulary_size\": 69, \"sha256\": \"00\"}, \"vocab\": {\"AAA CCC\": 1}}",
        "'kmer' has 69 others")]
    public void A_wrong_file_is_refused_with_its_name_and_a_reason(string text, string reason)
    {
        using var bench = new GGramBench();
        var failure = Assert.Throws<DataException>(() => bench.Write(text));
        Assert.Contains(bench.File, failure.Message);
        Assert.Contains(reason, failure.Message);
    }

    [Fact]
    public void A_missing_file_and_a_missing_option_are_named()
    {
        using var bench = new GGramBench();
        Assert.Contains("there is no such G-gram file", Assert.Throws<DataException>(bench.Build).Message);
        Assert.Contains("needs 'vocabulary'",
            Assert.Throws<UsageException>(() => bench.Bench.UseTokenizer("ggram", new { tokenizer = bench.KMer })).Message);
        bench.Use("AAA CCC");
        var nested = new ComponentSpec("ggram", new Dictionary<string,
            object?>
        { ["tokenizer"] = bench.KMer, ["vocabulary"] = bench.File });
        Assert.Contains("matches G-grams itself",
            Assert.Throws<UsageException>(() => bench.Bench.UseTokenizer("ggram", new { tokenizer = nested, vocabulary = bench.File }))
            .Message);
    }
}
