using System.Security.Cryptography;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>What an import checks, says and refuses.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Embedding = "bert.embeddings.word_embeddings.weight", Decoder = "cls.predictions.decoder.weight",
        Bias = "cls.predictions.bias", DecoderBias = "cls.predictions.decoder.bias";

    private readonly Scratch scratch = new();
    private readonly SilentView view = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>A copy of a golden checkpoint with its tensors changed, as model.safetensors.</summary>
    private string Changed(Action<Dictionary<string, Tensor>> change, string golden = "dnabert-3")
    {
        var source = GoldenContainers.File($"layouts/{golden}");
        var folder = Directory.CreateDirectory(scratch.File(Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in Directory.GetFiles(source).Where(f => Path.GetExtension(f) is ".json" or ".txt"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using var checkpoint = CheckpointFile.Open(CheckpointFile.Find(source));
        var tensors = checkpoint.Tensors.ToDictionary(t => t.Name, t => checkpoint.Read(t.Name));
        change(tensors);
        using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
        SafetensorsFile.Write(stream, tensors.Select(t => (t.Key, t.Value)));
        return folder;
    }

    private ImportRequest Request(string folder, string layout = "dnabert") =>
        new(folder, layout, scratch.File("model"), null, [], [], 42, false);

    private void Import(ImportRequest request) => new CheckpointImport(RealComponents.Factory, view).Run(request, CancellationToken.None);

    private string Refused(ImportRequest request)
    {
        var message = Assert.Throws<DataException>(() => Import(request)).Message;
        Assert.False(Directory.Exists(request.Output));
        return message;
    }

    [Fact]
    public void Every_missing_unexpected_and_mismatched_tensor_is_listed()
    {
        var folder = Changed(t =>
        {
            t.Remove("bert.encoder.layer.1.attention.self.query.weight");
            t["bert.encoder.layer.0.extra.weight"] = zeros([3]);
            t["bert.pooler.dense.bias"] = zeros([5]);
            t["bert.embeddings.LayerNorm.bias"] = zeros([12], dtype: ScalarType.Int64);
        });

        var message = Refused(Request(folder));

        Assert.Contains("4 tensors of the file and weights of the model do not fit together", message);
        Assert.Contains("missing     bert.encoder.layer.1.attention.self.query.weight: Float32 [12, 12] is needed", message);
        Assert.Contains("unexpected  bert.encoder.layer.0.extra.weight: Float32 [3] has no place", message);
        Assert.Contains("mismatched  bert.pooler.dense.bias: the file has Float32 [5], the model needs [12]", message);
        Assert.Contains("mismatched  bert.embeddings.LayerNorm.bias: the file has Int64 [12]", message);
    }

    [Fact]
    public void Tensors_can_be_left_out_by_name()
    {
        var folder = Changed(t => t["cls.other.weight"] = zeros([3]));
        Assert.Contains("cls.other.weight", Refused(Request(folder)));
        Import(Request(folder) with { LeftOut = ["cls.other.*"] });
        Assert.Contains("Left out: cls.other.weight (as asked).", view.Said);
    }

    [Fact]
    public void The_next_sentence_head_is_left_out_and_said()
    {
        Import(Request(Changed(t => t["cls.seq_relationship.weight"] = zeros([2, 12]))));
        Assert.Contains(view.Said, s => s.StartsWith("Left out: cls.seq_relationship.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_head_is_made_only_when_asked_and_said()
    {
        var bare = Request(GoldenContainers.File("layouts/dnabert-bare"));
        Assert.Contains("--new-head masked-lm", Refused(bare));

        Import(bare with { NewHead = "classify", Overrides = ["objective.classes=3"] });

        Assert.Contains(view.Warned, w => w == "At random, as asked: classifier.weight [3, 12].");
        Assert.Contains(view.Warned, w => w == "At random, as asked: bert.pooler.dense.weight [12, 12].");
        Assert.Equal(4, view.Warned.Count(w => w.StartsWith("At random", StringComparison.Ordinal)));
        using var file = SafetensorsFile.Open(scratch.File("model/model.safetensors"));
        using var weight = file.Read("classifier.weight");
        Assert.InRange(weight.std().item<float>(), 0.005f, 0.05f);
    }

    [Fact]
    public void A_head_that_is_there_is_not_made_anew()
    {
        var request = Request(GoldenContainers.File("layouts/dnabert-3")) with { NewHead = "masked-lm" };
        Assert.Contains("has this head", Assert.Throws<UsageException>(() => Import(request)).Message);
        Assert.Contains("knows masked-lm, classify",
            Assert.Throws<UsageException>(() => Import(request with { NewHead = "clasify" })).Message);
    }

    [Fact]
    public void An_unknown_layout_and_a_taken_folder_are_usage_errors()
    {
        var good = Request(GoldenContainers.File("layouts/dnabert-3"));
        Assert.Contains("there is no layout 'dnabert3'",
            Assert.Throws<UsageException>(() => Import(good with { Layout = "dnabert3" })).Message);
        Assert.Contains("is the input itself", Assert.Throws<UsageException>(() => Import(good with { Output = good.Source })).Message);
        Assert.Contains("an import has tokenizer",
            Assert.Throws<UsageException>(() => Import(good with { Overrides = ["tokeniser.k=3"] })).Message);
    }

    [Fact]
    public void Another_layout_says_what_it_misses()
    {
        Assert.Contains("no G-gram layers", Refused(Request(GoldenContainers.File("layouts/dnabert2"), "dnazen")));
        Assert.Contains("transformer.wte.weight", Refused(Request(GoldenContainers.File("layouts/dnabert2"), "dnagpt")));
        Assert.Contains("position_embeddings.weight', which this layout has", Refused(Request(GoldenContainers.File("layouts/dnabert2"))));
        Assert.Contains("has no tokenizer.json", Refused(Request(GoldenContainers.File("layouts/dnabert-3"), "dnabert2")));
    }

    [Fact]
    public void Tied_tensors_must_be_equal()
    {
        var folder = Changed(t => t[Decoder] = t[Embedding] + 1);
        Assert.Contains("their values differ", Refused(Request(folder)));
        Import(Request(folder) with { Overrides = ["heads.lm.tied=false"] });
        using var file = SafetensorsFile.Open(scratch.File("model/model.safetensors"));
        Assert.True(file.Contains(Decoder));
    }

    [Theory]
    [InlineData(Embedding)]
    [InlineData(Decoder)]
    [InlineData(DecoderBias)]
    public void Either_name_of_a_shared_tensor_is_enough(string dropped)
    {
        Import(Request(Changed(t => t.Remove(dropped))));
        Same(scratch.File("model"), Golden());
    }

    [Fact]
    public void A_bias_found_under_the_decoders_name_alone_keeps_it()
    {
        Import(Request(Changed(t => t.Remove(Bias))));
        using var file = SafetensorsFile.Open(scratch.File("model/model.safetensors"));
        Assert.True(file.Contains(DecoderBias));
        Assert.False(file.Contains(Bias));
    }

    [Fact]
    public void Wrappers_before_every_name_are_taken_off()
    {
        Import(Request(Changed(t =>
        {
            foreach (var name in t.Keys.ToList())
            {
                t["module._orig_mod." + name] = t[name];
                t.Remove(name);
            }
        })));
        Assert.Contains("'module._orig_mod.' before every name was taken off.", view.Said);
        Same(scratch.File("model"), Golden());
    }

    [Theory]
    [InlineData(ScalarType.Float64, "rounded to the nearest")]
    [InlineData(ScalarType.BFloat16, "exactly")]
    public void Other_precisions_are_kept_as_float32_and_said(ScalarType type, string how)
    {
        Import(Request(Changed(t =>
        {
            foreach (var name in t.Keys.ToList()) t[name] = t[name].to_type(type);
        })));
        Assert.Contains(view.Said, s => s.Contains($"were {type} and are kept as Float32") && s.Contains(how));
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        Import(Request(GoldenContainers.File("layouts/dnabert-3")) with { DryRun = true });
        Assert.Contains(view.Said, s => s.Contains("weights with"));
        Assert.False(Directory.Exists(scratch.File("model")));
    }

    [Theory]
    [InlineData("\"gelu\"", "\"relu\"", "'hidden_act' is 'relu'")]
    [InlineData("\"hidden_size\": 12", "\"hidden_size\": \"12\"", "'hidden_size' is \"12\", not a whole number")]
    [InlineData("\"num_attention_heads\"", "\"heads\"", "no 'num_attention_heads'")]
    [InlineData("{", "[", "is not JSON")]
    public void A_configuration_that_makes_no_sense(string old, string replaced, string why)
    {
        var folder = Changed(_ => { });
        var config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace(old, replaced));
        Assert.Contains(why, Refused(Request(folder)));
        File.Delete(config);
        Assert.Contains("There is no", Refused(Request(folder)));
    }

    [Fact]
    public void A_vocabulary_of_another_size_is_refused()
    {
        var folder = Changed(_ => { });
        File.AppendAllText(Path.Combine(folder, "vocab.txt"), "[EXTRA]\n");
        Assert.Contains($"mismatched  {Embedding}: the file has Float32 [69, 12], the model needs [70, 12]", Refused(Request(folder)));
    }

    [Fact]
    public void The_model_folder_tells_where_it_came_from_and_how_it_was_built()
    {
        var folder = GoldenContainers.File("layouts/dnabert-3");
        Import(Request(folder));
        var card = ModelCard.Read(scratch.File("model"));
        Assert.Equal("import", card.Stage);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "pytorch_model.bin")))),
            (string?)card.Imported!["files"]![0]!["sha256"]);
        var pipeline = File.ReadAllText(scratch.File("model/pipeline.resolved.yaml"));
        Assert.Contains("use: bert-encoder", pipeline);
        Assert.DoesNotContain(scratch.Path, pipeline + File.ReadAllText(scratch.File("model/pluginhost.json")));
    }

    private string Golden()
    {
        var output = scratch.File("golden");
        Import(Request(GoldenContainers.File("layouts/dnabert-3")) with { Output = output });
        return output;
    }

    private static void Same(string model, string other) => Assert.Equal(
        SHA256.HashData(File.ReadAllBytes(Path.Combine(other, "model.safetensors"))),
            SHA256.HashData(File.ReadAllBytes(Path.Combine(model, "model.safetensors"))));
}
