using System.Text.Json.Nodes;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;

namespace PluginHost.Plugins.Tests.Bpe;

public sealed class TokenizerFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bpe-").FullName;

    private string File => Path.Combine(folder, "tokenizer.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private JsonNode Small()
    {
        using var stream = new MemoryStream();
        TokenizerWriter.Write(BpeModel.Trained(["A", "C", "G", "T"], [("A", "C"), ("AC", "G")]), stream);
        return JsonNode.Parse(stream.ToArray())!;
    }

    private ITokenizer Read(JsonNode json)
    {
        System.IO.File.WriteAllText(File, json.ToJsonString());
        return new Workbench(new BpePlugin()).UseTokenizer("bpe", new { vocab = File });
    }

    private string Refusal(Action<JsonNode> change)
    {
        var json = Small();
        change(json);
        var message = Assert.Throws<DataException>(() => Read(json)).Message;
        Assert.StartsWith(File, message);
        return message;
    }

    [Fact]
    public void What_is_saved_is_loaded_from_the_model_folder()
    {
        var saved = Directory.CreateDirectory(Path.Combine(folder, "model")).FullName;
        Assert.Equal(["tokenizer.json", "special_tokens_map.json", "tokenizer_config.json"], Read(Small()).Save(saved));
        System.IO.File.Delete(File);
        var loaded = new Workbench(new BpePlugin()) { ModelFolder = saved }.UseTokenizer("bpe", new { vocab = File });
        Assert.Equal([1, 10, 8, 2], loaded.Encode(new("x", "ACGT"), new()).Ids);
    }

    [Fact]
    public void Merges_may_be_written_as_pairs()
    {
        var json = Small();
        json["model"]!["merges"] = new JsonArray(new JsonArray("A", "C"), new JsonArray("AC", "G"));
        Assert.Equal([1, 10, 8, 2], Read(json).Encode(new("x", "ACGT"), new()).Ids);
    }

    [Fact]
    public void Without_a_template_no_special_tokens_are_added()
    {
        var json = Small();
        json["post_processor"] = null;
        Assert.Equal([10, 8], Read(json).Encode(new("x", "ACGT"), new()).Ids);
    }

    [Theory]
    [InlineData("WordPiece")]
    [InlineData("Unigram")]
    public void Another_model_type_is_refused_by_name(string type) =>
        Assert.Contains($"holds a {type} model", Refusal(json => json["model"]!["type"] = type));

    [Fact]
    public void Other_normalizers_and_processors_are_refused_by_name()
    {
        Assert.Contains("normalizer Lowercase", Refusal(json => json["normalizer"] = new JsonObject { ["type"] = "Lowercase" }));
        Assert.Contains("pre-tokenizer ByteLevel", Refusal(json => json["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel" }));
        Assert.Contains("post-processor ByteLevel", Refusal(json => json["post_processor"] = new JsonObject { ["type"] = "ByteLevel" }));
    }

    [Fact]
    public void Variants_of_the_model_are_refused_by_name()
    {
        Assert.Contains("'dropout' is 0.1", Refusal(json => json["model"]!["dropout"] = 0.1));
        Assert.Contains("'fuse_unk' is true", Refusal(json => json["model"]!["fuse_unk"] = true));
        Assert.Contains("'continuing_subword_prefix'", Refusal(json => json["model"]!["continuing_subword_prefix"] = "##"));
        Assert.Contains("(unk_token) is missing", Refusal(json => json["model"]!["unk_token"] = null));
    }

    [Fact]
    public void Missing_special_tokens_are_named()
    {
        Assert.Contains("lacks the special token [PAD]", Refusal(json => Rename(json, "[PAD]", "[EMPTY]")));
        Assert.Contains("lacks the special token [SEP]", Refusal(json => Rename(json, "[SEP]", "[END]")));
        Assert.Contains("lacks the special token [UNK]", Refusal(json => Rename(json, "[UNK]", "[ODD]")));

        static void Rename(JsonNode json, string from, string to)
        {
            var vocabulary = json["model"]!["vocab"]!.AsObject();
            vocabulary[to] = vocabulary[from]!.GetValue<int>();
            vocabulary.Remove(from);
            foreach (var added in json["added_tokens"]!.AsArray())
                if (added!["content"]!.GetValue<string>() == from) added["content"] = to;
        }
    }

    [Fact]
    public void Merges_outside_the_vocabulary_are_named()
    {
        Assert.Contains("Merge 2 makes 'GT'", Refusal(json => json["model"]!["merges"]!.AsArray().Add("G T")));
        Assert.Contains("'AC', which is made by the later merge 1",
            Refusal(json => json["model"]!["merges"] = new JsonArray("AC G", "A C")));
        Assert.Contains("merge 2 is not a pair", Refusal(json => json["model"]!["merges"]!.AsArray().Add("GT")));
        Assert.Contains("no token has id 9", Refusal(json => json["model"]!["vocab"]!["AC"] = 12));
    }

    [Fact]
    public void Files_of_another_kind_are_refused()
    {
        Assert.Contains("has no 'model'", Refusal(json => json.AsObject().Remove("model")));
        System.IO.File.WriteAllText(File, "ACGT");
        Assert.Contains("is not a tokenizer.json", Assert.Throws<DataException>(() => TokenizerFile.Read(File)).Message);
        System.IO.File.Delete(File);
        Assert.Contains("there is no such file", Assert.Throws<DataException>(() => TokenizerFile.Read(File)).Message);
    }
}
