using System.Text.Json.Nodes;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;

namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>Known ids and token totals of the DNABERT-2 vocabulary.</summary>
public sealed class PublishedVocabularyTests
{
    private static string Ids(string sequence) => string.Join(' ', PublishedBpe.Tokenizer().Encode(new("x", sequence), new()).Ids);

    [Theory]
    [InlineData("A", "1 5 2")]
    [InlineData("ACGT", "1 5 6 1049 2")]
    [InlineData("ACGTACGTACGT", "1 5 194 194 6 1049 2")]
    [InlineData("TATAAA", "1 302 2")]
    [InlineData("GGGCGGGGCC", "1 354 92 13 2")]
    [InlineData("ACGTNNACGT", "1 5 6 1049 0 0 5 6 1049 2")]
    [InlineData("acgt", "1 0 0 0 0 2")]
    [InlineData("ATGGCCATTG", "1 3218 475 7 2")]
    [InlineData("", "1 2")]
    [InlineData("ACGTAGCATCGGATCTATCTATCGACACTTGGTTATCGATCTACGAGCATCTCGTTAGC", "1 5 194 32 757 1239 2092 294 24 359 88 93 32 75 77 19 2")]
    public void Ids_are_the_published_ones(string sequence, string ids) => Assert.Equal(ids, Ids(sequence));

    [Theory]
    [InlineData("mouse_3", 2_382, 54_796)]
    [InlineData("mouse_2", 3_276, 68_737)]
    [InlineData("prom_core_tata", 6_130, 103_620)]
    public void Token_totals_over_a_GUE_task_are_the_published_ones(string task, int sequences, int tokens)
    {
        var tokenizer = PublishedBpe.Tokenizer();
        var samples = ((string[])["train", "dev", "test"]).SelectMany(split => RealData.Shared($"gue/{task}/{split}.csv")).ToList();
        Assert.Equal(sequences, samples.Count);
        Assert.Equal(tokens, samples.Sum(s => tokenizer.Encode(s, new()).Ids.Length));
        Assert.Equal(tokens, samples.Sum(s => tokenizer.CountTokens(s, new())));
    }

    [Fact]
    public void It_keeps_the_tokenizers_contract() => TokenizerChecks.Run(PublishedBpe.Tokenizer(), 1);

    [Fact]
    public void Writing_gives_the_file_that_was_read()
    {
        var folder = Directory.CreateTempSubdirectory("bpe-").FullName;
        PublishedBpe.Tokenizer().Save(folder);
        var written = Path.Combine(folder, "tokenizer.json");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(PublishedBpe.Path)), JsonNode.Parse(File.ReadAllText(written))));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_bitmap_of_pairs_says_what_taking_pieces_apart_says()
    {
        Assert.SkipUnless(File.Exists(PublishedBpe.Path), "../shared/data/dnabert2_tokenizer is not here.");
        var rules = new MergeRules(TokenizerFile.Read(PublishedBpe.Path));
        Assert.Equal(4091, rules.Count);
        Assert.Equal(11_385, PrefixAutomaton.TryBuild(rules)!.Last.Length);
        var rows = new RowClasses(rules, new PieceTrie(rules));
        var random = new SeededRandom(3);
        for (var i = 0; i < 300_000; i++)
        {
            var (left, right) = (random.Next(0, rules.Count), random.Next(0, rules.Count));
            Assert.True(rules.AreCompatible(left, right) == rows.Allows(left, right), $"{rules.Text(left)} {rules.Text(right)}");
        }
    }
}
