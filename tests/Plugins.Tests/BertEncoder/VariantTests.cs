using PluginHost.Libs.Blocks;
using PluginHost.Libs.Blocks.Attention;
using PluginHost.Libs.Blocks.Positions;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.BertEncoder;

using static TorchSharp.torch;

/// <summary>What options make of bert-encoder: DNABERT-2 and Genomics-FM.</summary>
[Collection(TorchCollection.Name)]
public sealed class VariantTests
{
    private static readonly Dictionary<string, ComponentSpec> decoderBias = new()
    {
        ["lm"] = new("masked-lm-head", new Dictionary<string, object?> { ["biasInDecoder"] = true }),
    };

    private readonly Workbench bench = new(new KMerPlugin(), new WordsPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin());

    private ModelUnderTest Small(bool unpadded = true, string positions = "alibi", int? tokenLimit = null, bool pooler = false,
        bool packedQkv = true)
    {
        manual_seed(5);
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("bert-encoder", new
        {
            layers = 2, width = 48, attentionHeads = 12, maxPositions = 128, dropout = 0.0, attentionDropout = 0.0, packedQkv,
            gated = packedQkv, pooler, unpadded, positions, tokenLimit,
        });
        return new(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
    }

    /// <summary>
    /// Every layer has as many parameters as the first: a really built model of full width and one layer gives the count of any depth.
    /// </summary>
    private long Count(int vocabulary, int layers, object options)
    {
        bench.UseTokenizer("words", new { count = vocabulary });
        bench.UseBackbone(
            new ComponentSpec("bert-encoder", options.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(options))));
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"), decoderBias);
        return model.Parameters.Sum(p => p.Value.numel())
            + (layers - 1) * model.Parameters.Where(p => p.Name.Contains("layer.0.")).Sum(p => p.Value.numel());
    }

    [Fact]
    public void DNABERT2_has_the_published_parameters() =>
        Assert.Equal(117_074_176, Count(4096, 12, new { layers = 1, positions = "alibi", packedQkv = true, gated = true, pooler = false }));

    [Fact]
    public void GenomicsFM_has_120_million_parameters() =>
        Assert.Equal(119_905_122,
            Count(7266, 12, new { layers = 1, positions = "alibi-with-table", packedQkv = true, gated = true, pooler = false }));

    [Fact]
    public void GenomicsFM_large_has_412_million_parameters() =>
        Assert.Equal(411_902_050,
            Count(7266, 24, new
            {
                layers = 1, positions = "alibi-with-table", packedQkv = true, gated = true, pooler = false, width = 1024,
                attentionHeads = 16
            }));

    [Fact]
    public void Parameters_have_the_published_names()
    {
        using var model = Small(positions: "alibi-with-table");
        var names = model.Parameters.Select(p => p.Name).ToHashSet();
        string[] layer =
        [
            "attention.self.Wqkv.weight", "attention.self.Wqkv.bias", "attention.output.dense.weight", "attention.output.dense.bias",
            "attention.output.LayerNorm.weight", "attention.output.LayerNorm.bias", "mlp.gated_layers.weight", "mlp.wo.weight",
                "mlp.wo.bias",
            "mlp.layernorm.weight", "mlp.layernorm.bias",
        ];
        string[] rest =
        [
            "bert.embeddings.word_embeddings.weight", "bert.embeddings.position_embeddings.weight",
                "bert.embeddings.token_type_embeddings.weight",
            "bert.embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.bias",
            "cls.predictions.transform.dense.weight", "cls.predictions.transform.dense.bias",
            "cls.predictions.transform.LayerNorm.weight", "cls.predictions.transform.LayerNorm.bias", "cls.predictions.decoder.bias",
        ];
        Assert.Equal(rest.Concat(Enumerable.Range(0, 2).SelectMany(i => layer.Select(n => $"bert.encoder.layer.{i}.{n}"))).Order(),
            names.Order());
        using var without = Small();
        Assert.Equal(names.Where(n => !n.Contains("position")).Order(), without.Parameters.Select(p => p.Name).Order());
    }

    [Fact]
    public void Slopes_are_the_published_ones()
    {
        Assert.Equal(Enumerable.Range(1, 8).Select(i => Math.Pow(2, -i)), Alibi.Slopes(8));
        double[] twelve = [.. Enumerable.Range(1, 8).Select(i => Math.Pow(2, -i)), Math.Pow(2, -0.5), Math.Pow(2, -1.5), Math.Pow(2, -2.5),
            Math.Pow(2, -3.5)];
        Assert.Equal(twelve, Alibi.Slopes(12), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([Math.Pow(2, -8)], Alibi.Slopes(1));
        Assert.Equal([Math.Pow(2, -4), Math.Pow(2, -8), Math.Pow(2, -2)], Alibi.Slopes(3));
        for (var heads = 1; heads <= 256; heads++) Assert.Equal(heads, Alibi.Slopes(heads).Distinct().Count());
    }

    [Fact]
    public void The_bias_is_symmetric_and_falls_with_distance()
    {
        using var scope = NewDisposeScope();
        var bias = Alibi.Bias(new AlibiShape(2), 5, CPU);
        Assert.Equal([1, 2, 5, 5], bias.shape);
        Assert.Equal(-3f / 16, bias[0, 0, 1, 4].item<float>());
        Assert.Equal(-3f / 256, bias[0, 1, 4, 1].item<float>());
        Assert.Equal(0, bias[0, 1, 2, 2].item<float>());
    }

    [Fact]
    public void Directed_heads_take_turns_and_see_one_side_only()
    {
        using var scope = NewDisposeScope();
        var shape = new AlibiShape(4, AlibiView.Directed);
        Assert.Equal([1.0 / 16, 1.0 / 16, 1.0 / 256, 1.0 / 256], shape.Slopes());
        var bias = Alibi.Bias(shape, 5, CPU);
        Assert.Equal(-2f / 16, bias[0, 0, 3, 1].item<float>());
        Assert.Equal(-10_000, bias[0, 0, 1, 3].item<float>());
        Assert.Equal(-2f / 256, bias[0, 3, 1, 3].item<float>());
        Assert.Equal(-10_000, bias[0, 3, 3, 1].item<float>());
        for (var head = 0; head < 4; head++) Assert.Equal(0, bias[0, head, 2, 2].item<float>());
    }

    [Fact]
    public void Slopes_fall_geometrically_from_the_steepest_asked_for()
    {
        Assert.Equal([4.0], new AlibiShape(1, SteepestSlope: 4).Slopes());
        Assert.Equal([1, 1.0 / 16, 1.0 / 256], new AlibiShape(3, SteepestSlope: 1).Slopes(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2, 2, 1.0 / 256, 1.0 / 256], new AlibiShape(4, AlibiView.Directed, 2).Slopes(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("alibi", "heads", 3)]
    [InlineData("learned", "alibi", 2)]
    public void A_view_that_cannot_be_is_refused(string positions, string says, int heads)
    {
        var options = new BertEncoderOptions
        {
            Width = 12, AttentionHeads = heads, Positions = Enum.Parse<PositionKind>(positions, true),
            AlibiView = AlibiView.Directed
        };
        var problem = Assert.Single(options.Validate(new(options)));
        Assert.Contains(says, problem.ErrorMessage, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>On a GPU attention is one fused call that is given the bias as its mask, whatever axes that has.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fused_call_takes_the_layouts_bias(bool padded)
    {
        using var scope = NewDisposeScope();
        var mask = arange(7).unsqueeze(0).less(tensor(new[] { 7L, padded ? 4L : 7L }).unsqueeze(1));
        var batch = new Batch([], []) { Tokens = 14, RealTokens = padded ? 11 : 14 }.Set(Keys.AttentionMask, mask);
        using var layout = TokenLayout.Of(batch, Alibi.Bias(new AlibiShape(3), 7, CPU), unpadded: false);
        Assert.Equal([padded ? 2 : 1, 3, 7, 7], layout.Bias!.shape);
        var (query, key, value) = (randn([2, 3, 7, 4]), randn([2, 3, 7, 4]), randn([2, 3, 7, 4]));
        var plain = (query.matmul(key.transpose(2, 3)) / 2 + layout.Bias).softmax(-1).matmul(value);
        Assert.True(nn.functional.scaled_dot_product_attention(query, key, value, layout.Bias).allclose(plain, 1e-5, 1e-6));
    }

    [Fact]
    public void It_keeps_the_models_contract_and_overfits()
    {
        var samples = SampleDna.Random(10, 20, 60);
        using (var model = Small()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(() => Small(), samples, steps: 60, falls: 0.6);
        ModelChecks.PaddingChangesNothing(Small(unpadded: false), samples);
        ModelChecks.Learns(Small(positions: "drawn"), samples, steps: 40, learningRate: 3e-3, falls: 0.8);
    }

    [Fact]
    public void Unpadded_states_equal_padded_ones_and_padding_is_zero()
    {
        using var scope = NewDisposeScope();
        using var padded = Small(unpadded: false);
        using var batch = padded.Collate(SampleDna.Random(4, 10, 90));
        padded.Train(false);
        var expected = padded.Backbone.Forward(batch, Capture.HiddenStates | Capture.Attentions);
        using var unpadded = Small();
        unpadded.Train(false);
        var actual = unpadded.Backbone.Forward(batch, Capture.HiddenStates | Capture.Attentions);
        var real = batch[Keys.AttentionMask].unsqueeze(2);
        foreach (var (a, b) in expected.HiddenStates.Zip(actual.HiddenStates)
            .Append((expected[StreamKey.Hidden], actual[StreamKey.Hidden])))
        {
            Assert.True((a * real - b).abs().max().item<float>() < 1e-5);
            Assert.Equal(0, (b * real.logical_not()).abs().max().item<float>());
        }
        Assert.Equal(expected.Attentions[1].shape, actual.Attentions[1].shape);
    }

    /// <summary>
    /// Without gradients the CPU attends sequence by sequence; the padded rows of the pass with gradients must give the same.
    /// </summary>
    [Theory]
    [InlineData("alibi", true)]
    [InlineData("alibi", false)]
    [InlineData("learned", true)]
    public void States_without_gradients_equal_those_with_them(string positions, bool unpadded)
    {
        using var scope = NewDisposeScope();
        using var model = Small(positions: positions, unpadded: unpadded);
        model.Train(false);
        foreach (var samples in new[] { SampleDna.Random(4, 10, 90), SampleDna.Random(3, 40, 40) })
        {
            using var batch = model.Collate(samples);
            var real = batch[Keys.AttentionMask].unsqueeze(2);
            var expected = model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden] * real;
            Assert.True(expected.requires_grad);
            using var frozen = no_grad();
            var actual = model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden] * real;
            Assert.True(actual.allclose(expected, 1e-4, 1e-5));
        }
    }

    /// <summary>Where the pooled vector alone is asked for, the last layer is computed for [CLS] alone.</summary>
    [Theory]
    [InlineData("alibi", true, true)]
    [InlineData("alibi", false, false)]
    [InlineData("learned", true, false)]
    [InlineData("learned", false, true)]
    public void The_pooled_state_alone_equals_that_of_a_whole_last_layer(string positions, bool unpadded, bool packedQkv)
    {
        using var scope = NewDisposeScope();
        using var model = Small(positions: positions, unpadded: unpadded, pooler: true, packedQkv: packedQkv);
        model.Train(false);
        foreach (var samples in new[] { SampleDna.Random(4, 10, 90), SampleDna.Random(3, 40, 40) })
        {
            using var batch = model.Collate(samples);
            var whole = model.Backbone.Forward(batch, Capture.None);
            var (hidden, pooled) = (whole[StreamKey.Hidden], whole[StreamKey.Pooled]);
            Assert.True(pooled.requires_grad);
            using var frozen = no_grad();
            Assert.True(model.Backbone.Forward(batch, Capture.PooledAlone)[StreamKey.Pooled].allclose(pooled, 1e-4, 1e-5));
            var both = model.Backbone.Forward(batch, Capture.None);
            var real = batch[Keys.AttentionMask].unsqueeze(2);
            Assert.True((both[StreamKey.Hidden] * real).allclose(hidden * real, 1e-4, 1e-5));
            Assert.True(both[StreamKey.Pooled].allclose(pooled, 1e-4, 1e-5));
        }
    }

    [Fact]
    public void ALiBi_has_no_limit_on_the_length_but_one_can_be_set()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        Assert.Null(model.Backbone.Shape.MaxTokens);
        using var batch = model.Collate(SampleDna.Random(1, 700, 700));
        Assert.Equal([1, 700, 48], model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden].shape);
        Assert.Equal(600, Small(tokenLimit: 600).Backbone.Shape.MaxTokens);
        Assert.Equal(128, Small(positions: "drawn").Backbone.Shape.MaxTokens);
        Assert.Equal(100, Small(positions: "learned", tokenLimit: 100).Backbone.Shape.MaxTokens);
        Assert.Throws<PluginException>(() => Small(tokenLimit: 600).Backbone.Forward(batch, Capture.None));
    }

    [Fact]
    public void Drawn_positions_are_either_kind_in_training_and_ALiBi_otherwise()
    {
        using var scope = NewDisposeScope();
        using var model = Small(positions: "drawn");
        using var batch = model.Collate(SampleDna.Random(2, 40, 40));
        float Sum() => model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden].abs().sum().item<float>();
        var drawn = Enumerable.Range(0, 30).Select(_ => Sum()).Distinct().ToList();
        Assert.Equal(2, drawn.Count);
        model.Train(false);
        var alibi = Assert.Single(Enumerable.Range(0, 10).Select(_ => Sum()).Distinct());
        Assert.Contains(alibi, drawn);
    }

    [Fact]
    public void Without_a_pooler_there_is_no_pooled_stream()
    {
        using var model = Small();
        Assert.Equal([StreamKey.Hidden], model.Backbone.Streams);
    }

    [Fact]
    public void A_start_for_a_table_that_is_not_there_is_refused()
    {
        bench.UseTokenizer("kmer", new { k = 3 });
        var refused = Assert.Throws<UsageException>(() =>
            bench.UseBackbone("bert-encoder", new { layers = 1, positions = "alibi", positionStart = "sinusoidal" }));
        Assert.Contains("has none", refused.Message);
    }
}
