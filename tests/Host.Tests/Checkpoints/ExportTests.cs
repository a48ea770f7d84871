using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>What an export writes, and that importing it gives the same model.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly SilentView view = new();

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string> Layouts =>
        [.. Directory.GetDirectories(GoldenContainers.File("layouts")).Select(f => Path.GetFileName(f)!)
            // The architecture offers no layout of other programs.
            .Where(f => !f.StartsWith("enbed", StringComparison.Ordinal)).Order()];

    private string Export(string golden)
    {
        PublishedCheckpoint.Import(new PublishedCheckpoint(GoldenContainers.File($"layouts/{golden}")).Request(scratch.File("model")));
        Assert.Equal(0, new ModelExport(RealComponents.Factory, view)
            .Run(scratch.File("model"), scratch.File("exported"), CancellationToken.None));
        return scratch.File("exported");
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Import_of_an_export_is_bit_identical(string golden)
    {
        var exported = Export(golden);
        var request = new PublishedCheckpoint(GoldenContainers.File($"layouts/{golden}")).Request(scratch.File("again"));
        PublishedCheckpoint.Import(request with { Source = exported, NewHead = null });

        foreach (var folder in (string[])["exported", "again"])
            Assert.Equal(Hash("model", "model.safetensors"), Hash(folder, "model.safetensors"));
        foreach (var file in Directory.GetFiles(scratch.File("model")).Select(Path.GetFileName)
            .Where(f => f!.Contains("vocab") || f.Contains("token") || f.Contains("ngram")))
            Assert.Equal(Hash("model", file!), Hash("again", file!));
        string[] sequences = ["ACGTACGTTGCAACGGTACCATGATTACA", "GGGCCCTATAAAAGGC"];
        var (before, after) = (new LoadedModel(scratch.File("model")).Run(sequences),
            new LoadedModel(scratch.File("again")).Run(sequences));
        for (var i = 0; i < sequences.Length; i++)
        {
            Assert.Equal(before[i].Ids, after[i].Ids);
            Assert.Equal(before[i].Hidden, after[i].Hidden);
            Assert.Equal(before[i].Scores, after[i].Scores);
        }
    }

    [Fact]
    public void A_plain_bert_has_the_names_and_fields_that_transformers_looks_for()
    {
        var exported = Export("dnabert-3");

        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(exported, "config.json")))!.AsObject();
        Assert.Equal("bert", (string?)config["model_type"]);
        Assert.Equal("BertForMaskedLM", (string?)config["architectures"]![0]);
        Assert.Equal("absolute", (string?)config["position_embedding_type"]);
        foreach (var (field, value) in new Dictionary<string, int>
        {
            ["vocab_size"] = 69, ["hidden_size"] = 12, ["num_hidden_layers"] = 2, ["num_attention_heads"] = 3, ["intermediate_size"] = 20,
            ["max_position_embeddings"] = 40, ["type_vocab_size"] = 2, ["pad_token_id"] = 0,
        })
            Assert.Equal(value, (int?)config[field]);
        using var file = SafetensorsFile.Open(Path.Combine(exported, "model.safetensors"));
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(TransformersNames(2).Order(StringComparer.Ordinal), file.Entries.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.All(file.Entries, e => Assert.Equal("F32", e.Type));
        Assert.Equal(69, File.ReadAllLines(Path.Combine(exported, "vocab.txt")).Length);
        var tokenizer = JsonNode.Parse(File.ReadAllText(Path.Combine(exported, "tokenizer_config.json")))!;
        Assert.False((bool)tokenizer["do_lower_case"]!);
        Assert.Equal("BertTokenizer", (string?)tokenizer["tokenizer_class"]);
        Assert.Equal("[MASK]", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(exported, "special_tokens_map.json")))!["mask_token"]);
        Assert.Empty(view.Warned);
    }

    [Fact]
    public void A_classifier_names_its_classes()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Export("dnabert-classifier"), "config.json")))!;
        Assert.Equal("BertForSequenceClassification", (string?)config["architectures"]![0]);
        Assert.Equal("acceptor", (string?)config["id2label"]!["1"]);
        Assert.Equal(2, (int?)config["label2id"]!["neither"]);
    }

    [Fact]
    public void What_stock_classes_would_start_at_random_is_not_called_bert()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Export("dnabert2"), "config.json")))!;
        Assert.Equal("dnabert2", (string?)config["model_type"]);
        Assert.Contains(view.Warned, w => w.Contains("Stock classes of Hugging Face Transformers do not load this model"));
    }

    [Fact]
    public void The_card_has_pipeline_hashes_and_no_path_of_this_machine()
    {
        var card = File.ReadAllText(Path.Combine(Export("dnabert-3"), "README.md"));
        Assert.Contains("library_name: transformers", card);
        Assert.Contains("BertForMaskedLM.from_pretrained", card);
        Assert.Contains("use: bert-encoder", card);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(scratch.File("exported/model.safetensors")))), card);
        Assert.Contains("| BertEncoder |", card);
        Assert.Contains("pytorch_model.bin", card);
        Assert.DoesNotContain(scratch.Path, card);
        Assert.DoesNotContain("pathRoots", card);
    }

    [Fact]
    public void Adapters_are_exported_in_the_layout_of_peft_beside_their_base()
    {
        PublishedCheckpoint.Import(new PublishedCheckpoint(GoldenContainers.File("layouts/dnabert-classifier"))
            .Request(scratch.File("model")));
        new LoadedModel(scratch.File("model"))
            .SaveWithAdapters(scratch.File("tuned"), new LoraOptions { Rank = 2, Alpha = 4, Targets = ["query", "value"] });

        Assert.Equal(0, new ModelExport(RealComponents.Factory, view)
            .Run(scratch.File("tuned"), scratch.File("exported"), CancellationToken.None));

        Assert.Equal(Hash("model", "model.safetensors"), Hash("exported", "model.safetensors"));
        var config = JsonNode.Parse(File.ReadAllText(scratch.File("exported/adapter/adapter_config.json")))!;
        Assert.Equal(("LORA", 2, 4.0), ((string?)config["peft_type"], (int)config["r"]!, (double)config["lora_alpha"]!));
        using var file = SafetensorsFile.Open(scratch.File("exported/adapter/adapter_model.safetensors"));
        Assert.Equal([2, 12], file.Entries.Single(e => e.Name == "base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight")
            .Shape);
        Assert.Equal([12, 2], file.Entries.Single(e => e.Name == "base_model.model.bert.encoder.layer.1.attention.self.value.lora_B.weight")
            .Shape);
        Assert.True(file.Contains("base_model.model.classifier.weight"));
        Assert.Contains(view.Said, s => s.Contains("adapter/ holds them"));
        Assert.Contains("PeftModel.from_pretrained", File.ReadAllText(scratch.File("exported/README.md")));
    }

    [Fact]
    public void What_other_code_would_compute_wrongly_is_not_exported()
    {
        var request = new PublishedCheckpoint(GoldenContainers.File("layouts/dnabert2")).Request(scratch.File("model"));
        PublishedCheckpoint.Import(request with { Overrides = ["architecture.alibiSteepestSlope=1.0"] });
        var refused = Assert.Throws<DataException>(() =>
            new ModelExport(RealComponents.Factory, view).Run(scratch.File("model"), scratch.File("exported"), CancellationToken.None));
        Assert.Contains("of this host alone", refused.Message);
        Assert.False(Directory.Exists(scratch.File("exported")));
    }

    [Fact]
    public void Folders_that_are_taken_or_broken_are_refused()
    {
        Export("dnabert-3");
        int Again(string model, string output) => new ModelExport(RealComponents.Factory, view).Run(model, output, CancellationToken.None);
        Assert.Contains("exists already",
            Assert.Throws<UsageException>(() => Again(scratch.File("model"), scratch.File("exported"))).Message);
        Assert.Contains("is a p",
            Assert.Throws<DataException>(() => Again(scratch.File("exported"), scratch.File("x"))).Message);
        File.AppendAllText(scratch.File("model/model.safetensors"), "x");
        Assert.Contains("not whole", Assert.Throws<DataException>(() => Again(scratch.File("model"), scratch.File("x"))).Message);
        Assert.False(Directory.Exists(scratch.File("x")));
    }

    private string Hash(string folder, string file) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(scratch.File($"{folder}/{file}"))));

    /// <summary>The parameters of BertForMaskedLM with a pooler; the decoder's are tied and not stored.</summary>
    private static IEnumerable<string> TransformersNames(int layers)
    {
        string[] both = [".weight", ".bias"];
        foreach (var table in (string[])["word", "position", "token_type"]) yield return $"bert.embeddings.{table}_embeddings.weight";
        List<string> modules = ["bert.embeddings.LayerNorm", "bert.pooler.dense", "cls.predictions.transform.dense",
            "cls.predictions.transform.LayerNorm"];
        for (var i = 0; i < layers; i++)
            modules.AddRange(
                ((string[])["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"])
                .Select(m => $"bert.encoder.layer.{i}.{m}"));
        foreach (var name in modules.SelectMany(m => both.Select(b => m + b))) yield return name;
        yield return "cls.predictions.bias";
    }
}
