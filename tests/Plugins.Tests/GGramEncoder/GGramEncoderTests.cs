using PluginHost.Checkpoints;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.GGramEncoder;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.GGramEncoder;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class GGramEncoderTests : IDisposable
{
    private static readonly Dictionary<string, ComponentSpec> decoderBias = new()
    {
        ["lm"] = new("masked-lm-head", new Dictionary<string, object?> { ["biasInDecoder"] = true }),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("ggram-encoder").FullName;
    private readonly Workbench bench =
        new(new GGramWordsPlugin(), new WordsPlugin(), new GGramEncoderPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static object Sizes(string? startFrom = null, int gGramLayers = 2, bool pooler = true) =>
        new { layers = 3, gGramLayers, width = 24, attentionHeads = 3, dropout = 0.0, startFrom, pooler };

    private ModelUnderTest Small(int gGramLayers = 2)
    {
        manual_seed(5);
        bench.UseTokenizer("ggram-words");
        bench.UseBackbone("ggram-encoder", Sizes(gGramLayers: gGramLayers));
        return new(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
    }

    /// <summary>
    /// Every layer has as many parameters as the first of its kind: a really built model of full width, one layer and a few G-grams gives
    /// the count of any.
    /// </summary>
    [Fact]
    public void DNAZEN_base_has_285_million_parameters()
    {
        bench.UseTokenizer("ggram-words", new { count = 4096 });
        bench.UseBackbone("ggram-encoder", new { layers = 1, gGramLayers = 1, pooler = false });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
        long Of(string part) => model.Parameters.Where(p => p.Name.Contains(part)).Sum(p => p.Value.numel());
        Assert.Equal(284_564_224, Of("") + 11 * Of("encoder.layer.0.") + 5 * Of("ngram_layers.0.") + (162_708 - 8) * 768);
    }

    [Fact]
    public void Parameters_have_the_published_names()
    {
        using var model = Small();
        var names = model.Parameters.Select(p => p.Name).ToHashSet();
        string[] added = [.. names.Where(n => n.Contains("ngram"))];
        string[] layer =
        [
            .. new[] { "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm" }
                .SelectMany(n => new[] { $"{n}.weight", $"{n}.bias" }),
        ];
        string[] expected =
        [
            "bert.ngram_embeddings.word_embeddings.weight", "bert.ngram_embeddings.token_type_embeddings.weight",
                "bert.ngram_embeddings.LayerNorm.weight", "bert.ngram_embeddings.LayerNorm.bias",
            .. Enumerable.Range(0, 2).SelectMany(i => layer.Select(n => $"bert.encoder.ngram_layers.{i}.{n}")),
        ];
        Assert.Equal(expected.Order(), added.Order());
        bench.UseBackbone("bert-encoder",
            new { layers = 3, width = 24, attentionHeads = 3, positions = "alibi", packedQkv = true, gated = true });
        using var plain = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
        Assert.Equal(plain.Parameters.Select(p => p.Name).Order(), names.Except(added).Order());
    }

    [Fact]
    public void It_keeps_the_models_contract_and_overfits()
    {
        var samples = SampleDna.Random(10, 20, 60);
        using (var model = Small()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(() => Small(), samples, steps: 60, falls: 0.75);
        foreach (var offer in bench.Offers.Where(o => o.Name == "ggram-encoder")) OptionsChecks.Run(offer);
    }

    [Fact]
    public void Each_layer_has_its_G_gram_layer_beside_it()
    {
        using var model = Small();
        Assert.Equal([27, 27, 11], model.Backbone.Layers.Select(l => l.parameters().Count()));
    }

    [Fact]
    public void Without_G_gram_layers_it_is_the_token_encoder()
    {
        using var scope = NewDisposeScope();
        using var model = Small(gGramLayers: 0);
        Assert.Equal([Keys.InputIds, Keys.AttentionMask], model.Backbone.Reads);
        bench.UseTokenizer("words");
        bench.UseBackbone("ggram-encoder", Sizes(gGramLayers: 0));
    }

    [Fact]
    public void Hidden_G_grams_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        model.Train(false);
        bench.UseTokenizer("ggram-words", new { hidden = new[] { 1, 2, 3, 4, 5, 6, 7 } });
        Batch Encode(string sequence) => Collation.Pad([new("x", sequence)], [bench.Tokenizer.Encode(new("x", sequence), new())], 0);
        var hidden = Encode("ACGTATTCAGAAGCC");
        var first = model.Backbone.Forward(hidden, Capture.None)[StreamKey.Hidden];
        hidden.Set(new("ggram_ids", ScalarType.Int64, "B G"), hidden[new("ggram_ids", ScalarType.Int64, "B G")] * 0);
        Assert.True(first.allclose(model.Backbone.Forward(hidden, Capture.None)[StreamKey.Hidden]));
        bench.UseTokenizer("ggram-words");
        Assert.False(first.allclose(model.Backbone.Forward(Encode("ACGTATTCAGAAGCC"), Capture.None)[StreamKey.Hidden]));
    }

    private string SaveTokenEncoder(object? more = null, string name = "model.safetensors")
    {
        manual_seed(77);
        bench.UseTokenizer("ggram-words");
        bench.UseBackbone("bert-encoder", more
            ?? new { layers = 3, width = 24, attentionHeads = 3, positions = "alibi", packedQkv = true, gated = true, pooler = false });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
        using (no_grad()) model.Parameters.Single(p => p.Name == "cls.predictions.decoder.bias").Value.fill_(0.25f);
        var path = Path.Combine(folder, name);
        using var stream = File.Create(path);
        SafetensorsFile.Write(stream, model.Parameters.Select(p => (p.Name, (Tensor)p.Value)));
        return path;
    }

    [Fact]
    public void It_starts_from_a_token_encoders_weights_and_says_what_is_random()
    {
        var path = SaveTokenEncoder();
        using var file = SafetensorsFile.Open(path);
        var started = bench.UseBackbone("ggram-encoder", Sizes(startFrom: folder));
        foreach (var (name, tensor) in started.state_dict().Where(s => file.Contains($"bert.{s.Key}")))
            Assert.True(tensor.equal(file.Read($"bert.{name}")).all().item<bool>(), name);
        var note = Assert.Single(started.Notes);
        Assert.Equal($"37 weights of the encoder were read from '{path}'; not in it, and so at random: pooler, ngram_embeddings, "
            + "encoder.ngram_layers.", note);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_head_starts_from_weights_under_either_name_of_the_bias(bool biasInDecoder)
    {
        var path = SaveTokenEncoder();
        using (var file = SafetensorsFile.Open(path))
        {
            bench.UseBackbone("ggram-encoder", Sizes());
            using var head = bench.Build<Head>("masked-lm-head", new { startFrom = folder, biasInDecoder });
            var bias = biasInDecoder ? "decoder.bias" : "bias";
            foreach (var (name, tensor) in head.state_dict())
                Assert.True(name == bias ? tensor.eq(0.25f).all().item<bool>()
                    : tensor.equal(file.Read($"cls.predictions.{name}")).all().item<bool>(), name);
        }
        Assert.Contains("cls.predictions.transform.dense.weight' has shape [24, 24]",
            Assert.Throws<DataException>(() =>
            {
                bench.UseBackbone("ggram-encoder", new { layers = 1, gGramLayers = 1, width = 12, attentionHeads = 3 });
                bench.Build<Head>("masked-lm-head", new { startFrom = path });
            }).Message);
        bench.UseBackbone("ggram-encoder", Sizes());
        Assert.Contains("has no weight 'cls.predictions.decoder.weight'",
            Assert.Throws<DataException>(() => bench.Build<Head>("masked-lm-head", new { startFrom = path, tied = false })).Message);
    }

    [Fact]
    public void A_saved_model_does_not_read_what_it_started_from()
    {
        SaveTokenEncoder();
        bench.ModelFolder = folder;
        Assert.Empty(bench.UseBackbone("ggram-encoder", Sizes(startFrom: "/nowhere")).Notes);
    }

    [Theory]
    [InlineData(2, 24, "no place for, the first 'encoder.layer.2")]
    [InlineData(4, 24, "has no weight 'bert.encoder.layer.3")]
    [InlineData(3, 36, "has shape [9, 24] but the encoder needs [9, 36]")]
    public void Weights_that_do_not_fit_are_refused(int layers, int width, string says)
    {
        var path = SaveTokenEncoder();
        var refused = Assert.Throws<DataException>(() =>
            bench.UseBackbone("ggram-encoder", new { layers, gGramLayers = 1, width, attentionHeads = 3, startFrom = path }));
        Assert.Contains(says, refused.Message);
    }

    [Fact]
    public void A_bert_encoder_starts_from_weights_too()
    {
        var sizes = new { layers = 1, width = 24, attentionHeads = 3 };
        var path = SaveTokenEncoder(sizes, "bert.safetensors");
        var started = bench.UseBackbone("bert-encoder", new { sizes.layers, sizes.width, sizes.attentionHeads, startFrom = path });
        Assert.Equal($"23 weights of the encoder were read from '{path}'.", Assert.Single(started.Notes));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_by_name()
    {
        bench.UseTokenizer("words");
        Assert.Contains("finds G-grams", Assert.Throws<UsageException>(() => bench.UseBackbone("ggram-encoder", Sizes())).Message);
        bench.UseTokenizer("ggram-words", new { gGrams = 0 });
        Assert.Contains("give 'gGramVocabulary'", Assert.Throws<UsageException>(() => bench.UseBackbone("ggram-encoder", Sizes())).Message);
        Assert.Equal(50, bench.UseBackbone("ggram-encoder",
            new { layers = 1, gGramLayers = 1, width = 8, attentionHeads = 2, gGramVocabulary = 50 }).Configuration["ngram_vocab_size"]);
        bench.UseTokenizer("ggram-words");
        Assert.Contains("8 G-gram ids",
            Assert.Throws<UsageException>(() => bench.UseBackbone("ggram-encoder", new { gGramVocabulary = 7 })).Message);
        Assert.Contains("at most 'layers'",
            Assert.Throws<UsageException>(() => bench.UseBackbone("ggram-encoder", new { layers = 2, gGramLayers = 3 })).Message);
    }

    [Fact]
    public void A_G_gram_outside_the_table_is_named()
    {
        using var model = Small();
        using var batch = model.Collate([new("x", "ACACAC")]);
        batch.Set(new("ggram_ids", ScalarType.Int64, "B G"), tensor(new[] { 8L }, [1L, 1L]));
        Assert.Contains("G-gram 8", Assert.Throws<DataException>(() => model.Backbone.Forward(batch, Capture.None)).Message);
    }
}
