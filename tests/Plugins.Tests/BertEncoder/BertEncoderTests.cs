using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.BertEncoder;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class BertEncoderTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin());

    private ModelUnderTest Small(int width = 32)
    {
        manual_seed(5);
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("bert-encoder",
            new { layers = 2, width, attentionHeads = 4, maxPositions = 128, dropout = 0.0, attentionDropout = 0.0 });
        return new(bench, bench.Build<IObjective>("masked-lm"));
    }

    [Fact]
    public void DNABERT6_has_the_published_parameters()
    {
        bench.UseTokenizer("kmer", new { k = 6 });
        bench.UseBackbone("bert-encoder");
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"));
        var shapes = model.Parameters.ToDictionary(p => p.Name, p => p.Value.shape);
        Assert.Equal(89_787_141, model.Parameters.Sum(p => p.Value.numel()));
        Assert.Equal([4101, 768], shapes["bert.embeddings.word_embeddings.weight"]);
        Assert.Equal([512, 768], shapes["bert.embeddings.position_embeddings.weight"]);
        Assert.Equal([3072, 768], shapes["bert.encoder.layer.11.intermediate.dense.weight"]);
        Assert.Equal([4101], shapes["cls.predictions.bias"]);
        Assert.Equal(5 + 12 * 16 + 2 + 5, shapes.Count);
    }

    [Fact]
    public void Parameters_have_the_published_names()
    {
        using var model = Small();
        var names = model.Parameters.Select(p => p.Name).ToHashSet();
        string[] layer =
        [
            "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
        ];
        var expected = new[] { "word", "position", "token_type" }.Select(n => $"bert.embeddings.{n}_embeddings.weight")
            .Concat(new[] { "bert.embeddings.LayerNorm", "bert.pooler.dense", "cls.predictions.transform.dense",
                "cls.predictions.transform.LayerNorm" }
                .Concat(Enumerable.Range(0, 2).SelectMany(i => layer.Select(part => $"bert.encoder.layer.{i}.{part}")))
                .SelectMany(n => new[] { $"{n}.weight", $"{n}.bias" }))
            .Append("cls.predictions.bias").ToHashSet();
        Assert.Empty(expected.Except(names));
        Assert.Empty(names.Except(expected));
    }

    [Fact]
    public void Initial_weights_are_BERTs()
    {
        using var model = Small();
        foreach (var (name, value) in model.Parameters)
        {
            var (mean, deviation) = (value.mean().item<float>(), value.numel() > 1 ? value.std().item<float>() : 0);
            if (name.EndsWith("LayerNorm.weight")) Assert.Equal((1, 0), (mean, deviation));
            else if (name.EndsWith("bias")) Assert.Equal((0, 0), (mean, deviation));
            else Assert.InRange(deviation, 0.015, 0.025);
        }
    }

    [Fact]
    public void Configuration_has_the_published_fields()
    {
        bench.UseTokenizer("kmer", new { k = 6 });
        bench.UseBackbone("bert-encoder", new { layers = 1 });
        var c = bench.Backbone.Configuration;
        Assert.Equal((4101, 768, 3072, 512, "gelu"),
            (c["vocab_size"], c["hidden_size"], c["intermediate_size"], c["max_position_embeddings"], c["hidden_act"]));
        Assert.Equal(512, bench.Backbone.Shape.MaxTokens);
    }

    [Fact]
    public void It_keeps_the_models_contract_and_overfits()
    {
        var samples = SampleDna.Random(10, 20, 60);
        using (var model = Small()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(() => Small(), samples, falls: 0.5);
    }

    [Fact]
    public void It_learns_ten_samples_by_heart()
    {
        using var model = Small(width: 64);
        var last = ModelChecks.Learns(model, SampleDna.Random(10, 15, 40), steps: 400, learningRate: 2e-3, falls: 0.005);
        Assert.InRange(last, 0, 0.02);
    }

    [Fact]
    public void Captured_states_start_at_the_embeddings_and_end_at_the_stream()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        model.Train(false);
        using var batch = model.Collate(SampleDna.Random(3, 20, 40));
        var output = model.Backbone.Forward(batch, Capture.HiddenStates | Capture.Attentions);
        Assert.True(output.HiddenStates[^1].Equals(output[StreamKey.Hidden]));
        Assert.Equal([3, 4, batch.Axis("T"), batch.Axis("T")], output.Attentions[0].shape);
        var plain = model.Backbone.Forward(batch, Capture.None);
        Assert.Empty(plain.HiddenStates);
        Assert.Empty(plain.Attentions);
    }

    [Fact]
    public void A_batch_longer_than_the_positions_is_refused()
    {
        using var model = Small();
        using var batch = Collation.Pad([new("x", "A")], [new EncodedSequence(new int[200], new BaseSpan[200])], 0);
        Assert.Contains("128 positions", Assert.Throws<PluginException>(() => model.Backbone.Forward(batch, Capture.None)).Message);
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused()
    {
        bench.UseTokenizer("kmer", new { k = 3 });
        Assert.Contains("no multiple", Assert.Throws<UsageException>(() => bench.UseBackbone("bert-encoder", new { width = 100 })).Message);
    }

    [Fact]
    public void An_untied_head_has_a_decoder_of_its_own()
    {
        using var model = Small();
        using var head = bench.Build<Head>("masked-lm-head", new { tied = false });
        Assert.Contains("decoder.weight", head.named_parameters().Select(p => p.name));
        Assert.DoesNotContain("decoder.weight", model.Heads["lm"].named_parameters().Select(p => p.name));
    }

    [Fact]
    public void Dropout_draws_in_training_only()
    {
        using var scope = NewDisposeScope();
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 32, attentionHeads = 4 });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"));
        using var batch = model.Collate(SampleDna.Random(2, 30, 30));
        Tensor Hidden() => model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden];
        Assert.False(Hidden().Equals(Hidden()));
        manual_seed(1);
        var first = Hidden();
        manual_seed(1);
        Assert.True(first.Equals(Hidden()));
        model.Train(false);
        Assert.True(Hidden().Equals(Hidden()));
    }

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(bench.Offers.Single(o => o.Name == "bert-encoder"));
}
