using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>What of T5's and ByT5's checkpoints is read, and what is refused and why. Their values: <see
/// cref="PublishedLayoutTests"/>.</summary>
public sealed class EnbedImportTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>A copy of a golden checkpoint with its configuration and tensors changed.</summary>
    private string Changed(Action<JsonObject>? config = null, Action<Dictionary<string, Tensor>>? change = null, string golden = "enbed")
    {
        var source = GoldenContainers.File($"layouts/{golden}");
        var folder = Directory.CreateDirectory(scratch.File(Guid.NewGuid().ToString("N"))).FullName;
        var fields = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "config.json")))!.AsObject();
        config?.Invoke(fields);
        File.WriteAllText(Path.Combine(folder, "config.json"), fields.ToJsonString());
        using var checkpoint = CheckpointFile.Open(CheckpointFile.Find(source));
        var tensors = checkpoint.Tensors.ToDictionary(t => t.Name, t => checkpoint.Read(t.Name));
        change?.Invoke(tensors);
        using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
        SafetensorsFile.Write(stream, tensors.Select(t => (t.Key, t.Value)));
        return folder;
    }

    private LoadedModel Import(string folder, string? newHead = null)
    {
        var output = scratch.File(Guid.NewGuid().ToString("N"));
        PublishedCheckpoint.Import(new(folder, "enbed", output, newHead, [], [], 42, false));
        return new(output);
    }

    private string Refused<T>(string folder, string? newHead = null) where T : Exception
    {
        var output = scratch.File("model");
        var request = new ImportRequest(folder, "enbed", output, newHead, [], [], 42, false);
        var message = Assert.Throws<T>(() => new CheckpointImport(RealComponents.Factory, new SilentView()).Run(request, default)).Message;
        Assert.False(Directory.Exists(output));
        return message;
    }

    [Fact]
    public void Sizes_and_vocabulary_are_those_of_the_checkpoint()
    {
        var card = Import(Changed()).Card;
        var sizes = card.Architecture.With;
        Assert.Equal((8L, 6L, 2L, 10L, 2L, 1L), (sizes["width"], sizes["headWidth"], sizes["attentionHeads"], sizes["feedForward"],
            sizes["encoderLayers"], sizes["decoderLayers"]));
        Assert.Equal(("dense", 0L, false, true, 8L, 20L), (sizes["attention"], sizes["globalBlocks"], sizes["scaleScores"],
            sizes["tanhGelu"], sizes["relativeBuckets"], sizes["relativeDistance"]));
        Assert.Equal(125L, card.Tokenizer.With["sentinels"]);
        Assert.Equal("decoder-head", card.Heads["lm"].Use);
    }

    [Fact]
    public void Either_name_of_the_embedding_will_do()
    {
        var folder = Changed(change: t =>
        {
            t["decoder.embed_tokens.weight"] = t["shared.weight"];
            t.Remove("shared.weight");
        });
        var published = new PublishedCheckpoint(GoldenContainers.File("layouts/enbed"));
        Assert.Equal(Import(GoldenContainers.File("layouts/enbed")).Run(published.Sequences, published.Targets)[0].Scores,
            Import(folder).Run(published.Sequences, published.Targets)[0].Scores);
    }

    [Fact]
    public void A_head_the_checkpoint_lacks_is_made_when_asked_for()
    {
        var folder = Changed(change: t => t.Remove("lm_head.weight"));
        Assert.Contains("--new-head lm", Refused<DataException>(folder));
        Assert.Equal("decoder-head", Import(folder, "lm").Card.Heads["lm"].Use);
        Assert.Contains("has this head", Refused<UsageException>(Changed(), "lm"));
        Assert.Contains("tie_word_embeddings", Refused<UsageException>(Changed(c => c["tie_word_embeddings"] = true,
            t => t.Remove("lm_head.weight")), "lm"));
    }

    [Fact]
    public void A_tied_head_of_other_values_is_refused() =>
        Assert.Contains("their values differ", Refused<DataException>(Changed(change: t => t["lm_head.weight"] = ones(384, 8),
            golden: "enbed-tied")));

    [Theory]
    [InlineData("feed_forward_proj", "gated-silu", "'feed_forward_proj' is 'gated-silu'")]
    [InlineData("d_kv", null, "no 'd_kv'")]
    public void A_configuration_that_cannot_be_computed_is_refused(string field, string? value, string message) =>
        Assert.Contains(message, Refused<DataException>(Changed(c => c[field] = value)));

    [Fact]
    public void Other_kinds_of_T5_are_named()
    {
        Assert.Contains("LongT5", Refused<DataException>(Changed(change: t =>
            t["encoder.block.0.layer.0.LocalSelfAttention.q.weight"] = zeros(12, 8))));
        Assert.Contains("Pieces of words", Refused<DataException>(Changed(change: t => t["shared.weight"] = zeros(32_128, 8))));
        Assert.Contains("no encoder and decoder blocks", Refused<DataException>(Changed(change: t =>
        {
            foreach (var name in t.Keys.Where(n => n.StartsWith("decoder.", StringComparison.Ordinal)).ToList()) t.Remove(name);
        })));
        Assert.Contains("missing     transformer.encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
            Refused<DataException>(Changed(change: t => t.Remove("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"))));
    }
}
