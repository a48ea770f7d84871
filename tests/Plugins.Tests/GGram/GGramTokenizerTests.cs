using PluginHost.PluginKit;
using PluginHost.Plugins.GGram;

namespace PluginHost.Plugins.Tests.GGram;

[Collection(TorchCollection.Name)]
public sealed class GGramTokenizerTests
{
    private static readonly string[] some = ["AAA CCC", "CCC GGG", "AAA CCC GGG", "TTT TTT"];

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 1)]
    public void It_keeps_the_tokenizer_contract(int k, int stride)
    {
        using var bench = new GGramBench(k, stride);
        TokenizerChecks.Run(bench.Use(some), k, exact: stride == 1);
    }

    [Fact]
    public void Columns_are_padded_into_a_batch()
    {
        using var bench = new GGramBench();
        var tokenizer = bench.Use(some);
        Sample[] samples = [new("a", "AAACCCGGGACG"), new("b", "ACG"), new("c", "TTTTTTTTT")];
        using var batch = Collation.Pad(samples, [.. samples.Select(s => tokenizer.Encode(s, new EncodeContext()))], 0);
        long[] Longs(BatchKey key) => batch[key].data<long>().ToArray();
        bool[] Bools(BatchKey key) => batch[key].data<bool>().ToArray();
        Assert.Equal(3, batch.Axis("G"));
        Assert.Equal([1, 3, 2, 0, 0, 0, 4, 4, 0], Longs(GGramColumns.Ids));
        Assert.Equal([true, true, true, false, false, false, true, true, false], Bools(GGramColumns.Mask));
        var match = batch[GGramColumns.Match];
        Assert.Equal([3, 6, 3], match.shape);
        // [CLS] AAA CCC GGG ACG [SEP] against AAA CCC, AAA CCC GGG, CCC GGG.
        Assert.Equal([false, false, false, true, true, false, true, true, true, false, true, true, false, false, false, false, false,
            false], match[0].contiguous().data<bool>().ToArray());
        Assert.False(match[1].any().item<bool>());
        Assert.Equal([0, 1, 3, 1, 1, 4, 2, 2, 4], batch[GGramColumns.Ranges][0].contiguous().data<long>().ToArray());
    }

    [Fact]
    public void It_tells_how_many_ids_its_columns_hold()
    {
        using var bench = new GGramBench();
        var tokenizer = bench.Use([("AAA CCC", 7), ("CCC AAA", 3)]);
        Assert.Equal(8, tokenizer.IdCount(GGramColumns.Ids));
        Assert.Equal(tokenizer.Vocabulary.Count, tokenizer.IdCount(Keys.InputIds));
        Assert.Null(tokenizer.IdCount(GGramColumns.Mask));
    }

    [Fact]
    public void A_model_folder_rebuilds_it_without_the_file()
    {
        using var bench = new GGramBench();
        var tokenizer = bench.Use(some);
        var model = Directory.CreateDirectory(Path.Combine(bench.Folder, "model")).FullName;
        File.Delete(bench.File);
        var names = tokenizer.Save(model);
        Assert.Contains("ngram.json", names);
        Assert.Contains("vocab.txt", names);
        bench.Bench.ModelFolder = model;
        var again = bench.Build();
        var sample = new Sample("x", "AAACCCGGGTTTTTT");
        Assert.Equal(tokenizer.Encode(sample, new()).Attached[GGramColumns.Ids], again.Encode(sample, new()).Attached[GGramColumns.Ids]);
    }

    [Fact]
    public void An_unknown_token_is_in_no_ggram()
    {
        using var bench = new GGramBench();
        var tokenizer = bench.Use("AAA CCC");
        var all = tokenizer.Encode(new("n", "NNNNNNNNN"), new());
        Assert.Empty((long[])all.Attached[GGramColumns.Ids]);
        Assert.Empty((long[])tokenizer.Encode(new("n", "AAANNNCCC"), new()).Attached[GGramColumns.Ids]);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        using var bench = new GGramBench();
        foreach (var offer in bench.Bench.Offers.Where(o => o.Name == "ggram")) OptionsChecks.Run(offer, new { tokenizer = bench.KMer });
        foreach (var offer in bench.Bench.Offers.Where(o => o.Name == "ggrams extract"))
            OptionsChecks.Run(offer, new { tokenizer = bench.KMer, path = new[] { "x.fa" }, output = "x.json" });
    }
}
