using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.KMer;

public sealed class KMerVocabularyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kmer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ITokenizer Load(object options) => new Workbench(new KMerPlugin()) { ModelFolder = folder }.UseTokenizer("kmer", options);

    private static ITokenizer Fresh(object options) => new Workbench(new KMerPlugin()).UseTokenizer("kmer", options);

    private string Write(IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, "words.txt");
        File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public void A_saved_vocabulary_loads_as_it_was(int k, int stride)
    {
        var names = Fresh(new { k, stride }).Save(folder);
        Assert.Contains("vocab.txt", names);
        Assert.Equal(Fresh(new { k, stride }).Vocabulary.Tokens, Load(new { k, stride }).Vocabulary.Tokens);
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", new string('A', k)],
            File.ReadLines(Path.Combine(folder, "vocab.txt")).Take(6));
    }

    [Fact]
    public void Python_is_told_not_to_lower_case()
    {
        Fresh(new { k = 3 }).Save(folder);
        Assert.Contains("\"do_lower_case\":false", File.ReadAllText(Path.Combine(folder, "tokenizer_config.json")));
        Assert.Equal("""{"pad_token":"[PAD]","unk_token":"[UNK]","cls_token":"[CLS]","sep_token":"[SEP]","mask_token":"[MASK]"}""",
            File.ReadAllText(Path.Combine(folder, "special_tokens_map.json")));
    }

    [Fact]
    public void A_file_without_a_final_newline_or_in_another_order_is_followed()
    {
        var tokens = Fresh(new { k = 2 }).Vocabulary.Tokens.Reverse().ToArray();
        var tokenizer = Fresh(new { k = 2, vocab = Write(tokens) });
        Assert.Equal(tokens, tokenizer.Vocabulary.Tokens);
        var ids = tokenizer.Encode(new("x", "ACNGT"), new()).Ids;
        Assert.Equal(["[CLS]", "AC", "[UNK]", "[UNK]", "GT", "[SEP]"], ids.Select(id => tokens[id]));
        TokenizerChecks.Run(tokenizer, 2);
    }

    [Fact]
    public void A_saved_vocabulary_of_another_k_is_refused_with_both_named()
    {
        Fresh(new { k = 3 }).Save(folder);
        var message = Assert.Throws<DataException>(() => Load(new { k = 6 })).Message;
        Assert.Contains("vocab.txt", message);
        Assert.Contains("up to 3 bases but k is 6", message);
    }

    [Fact]
    public void A_vocabulary_for_another_tail_rule_is_refused()
    {
        Fresh(new { k = 3, stride = 3 }).Save(folder);
        Assert.Contains("never produces", Assert.Throws<DataException>(() => Load(new { k = 3 })).Message);
        Fresh(new { k = 3 }).Save(folder);
        Assert.Contains("tail: drop", Assert.Throws<DataException>(() => Load(new { k = 3, stride = 3 })).Message);
    }

    [Theory]
    [InlineData("AA", "lacks the 2-mer AA")]
    [InlineData("[MASK]", "lacks [MASK]")]
    public void A_missing_token_is_named(string missing, string expected)
    {
        var path = Write(Fresh(new { k = 2 }).Vocabulary.Tokens.Where(t => t != missing));
        Assert.Contains(expected, Assert.Throws<DataException>(() => Fresh(new { k = 2, vocab = path })).Message);
    }

    [Fact]
    public void A_duplicate_or_foreign_token_is_named_with_its_line()
    {
        var tokens = Fresh(new { k = 2 }).Vocabulary.Tokens;
        Assert.Contains("twice", Assert.Throws<DataException>(() => Fresh(new { k = 2, vocab = Write(tokens.Append("AC")) })).Message);
        Assert.Contains("words.txt:22: 'AX'",
            Assert.Throws<DataException>(() => Fresh(new { k = 2, vocab = Write(tokens.Append("AX")) })).Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no such vocabulary",
            Assert.Throws<DataException>(() => Fresh(new { k = 2, vocab = Path.Combine(folder, "none.txt") })).Message);
}
