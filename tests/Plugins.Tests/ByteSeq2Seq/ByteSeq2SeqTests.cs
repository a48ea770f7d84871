using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.SpanCorruption;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class ByteSeq2SeqTests
{
    private readonly Workbench bench = new(new TinyBytes(), new ByteSeq2SeqPlugin(), new SpanCorruptionPlugin());

    private ModelUnderTest Model(object options)
    {
        manual_seed(5);
        bench.UseTokenizer("tiny-bytes");
        bench.UseBackbone("byte-seq2seq", options);
        return new(bench, bench.Build<IObjective>("span-corruption", new { meanSpan = 3.0 }));
    }

    private ModelUnderTest Small(int encoderLayers = 2, int[]? radius = null, string attention = "windowed", int globalBlocks = 4,
        int maxTargetTokens = 40) => Model(new
        {
            width = 24, headWidth = 8, attentionHeads = 2, feedForward = 40, encoderLayers, decoderLayers = 2, radius = radius
            ?? [5, 7], attention, globalBlocks,
            maxTokens = 300, maxTargetTokens, relativeBuckets = 8, relativeDistance = 20, dropout = 0.0, attentionDropout = 0.0,
        });

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void It_keeps_the_contract_and_learns(int encoderLayers) =>
        ModelChecks.Run(() => Small(encoderLayers), SampleDna.Random(10, 40, 90), steps: 120, learningRate: 5e-3, falls: 0.6);

    [Fact]
    public void The_objective_keeps_the_contract() => ObjectiveChecks.Run(Small(), SampleDna.Random(6, 30, 90));

    [Fact]
    public void Their_options_keep_their_limits()
    {
        foreach (var name in new[] { "byte-seq2seq", "span-corruption", "decoder-head" })
            OptionsChecks.Run(bench.Offers.Single(o => o.Name == name));
    }

    [Theory]
    [InlineData("encoder", 1, 5)]   // Distance 1 on either side: buckets 1 and 4 + 1 of 8.
    [InlineData("decoder", 1, 2)]
    public void Half_of_the_heads_can_start_at_one_neighbour_each(string stack, int first, int second)
    {
        using var scope = NewDisposeScope();
        using var normal = Biases(stack, "normal");
        using var neighbours = Biases(stack, "neighbours");
        var added = neighbours - normal;
        Assert.Equal([8, 8], new[] { added[first, 0], added[second, 1] }.Select(x => Math.Round(x.item<float>(), 4)));
        Assert.Equal(2, added.abs().gt(1e-4).sum().item<long>());
    }

    private Tensor Biases(string stack, string relativeStart)
    {
        using var model = Model(new
        {
            width = 24, headWidth = 8, attentionHeads = 4, feedForward = 40, encoderLayers = 1, decoderLayers = 1, radius = new[] { 5 },
            globalBlocks = 0,
            maxTokens = 300, maxTargetTokens = 40, relativeBuckets = 8, relativeDistance = 20, relativeStart,
        });
        return model.Parameters.Single(p => p.Name.Contains(stack) && p.Name.EndsWith(".relative_attention_bias.weight")).Value.detach()
            .clone();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void No_decoder_position_sees_a_later_one(int encoderLayers)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Small(encoderLayers, radius: [3], maxTargetTokens: 120);
        model.Train(false);
        var random = new SeededRandom(3);
        var input = Ids(random, 2, 50);
        var target = Ids(random, 2, 110);
        var whole = Decode(model, input, target);
        for (var changed = 0; changed < 110; changed += 7)
        {
            var other = target.clone();
            other[TensorIndex.Colon, changed] = (other[TensorIndex.Colon, changed] - 3 + 1).remainder(4) + 3;
            var after = Decode(model, input, other);
            Assert.True(changed == 0 || whole.narrow(1, 0, changed).equal(after.narrow(1, 0, changed)).all().item<bool>(),
                $"changing base {changed} changes an earlier state");
            Assert.False(whole.select(1, changed).equal(after.select(1, changed)).all().item<bool>());
        }
        // Neither the target's length nor what comes after it changes anything, to rounding.
        var prefix = Decode(model, input, target.narrow(1, 0, 61));
        Assert.True((whole.narrow(1, 0, 61) - prefix).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void The_encoder_sees_both_sides_and_no_further_than_its_windows()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Small(encoderLayers: 2, radius: [5, 7], globalBlocks: 0);
        model.Train(false);
        var input = Ids(new(4), 1, 120);
        var whole = Encode(model, input);
        var other = input.clone();
        other[0, 60] = (other[0, 60] - 3 + 1).remainder(4) + 3;
        var reached = (Encode(model, other) - whole).abs().amax(0, 2).data<float>().ToArray().Select((d, t) => (d, t)).Where(x => x.d > 0)
            .Select(x => x.t).ToList();
        Assert.Equal(Enumerable.Range(60 - 12, 25), reached);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(2, 0)]
    [InlineData(0, 4)]
    public void Dense_attention_is_the_same_function_where_windows_cover_everything(int encoderLayers, int globalBlocks)
    {
        using var scope = NewDisposeScope();
        using var windowed = Small(encoderLayers, radius: [200], globalBlocks: globalBlocks);
        using var dense = Small(encoderLayers, attention: "dense", globalBlocks: globalBlocks);
        Assert.Equal(windowed.Parameters.Select(p => p.Name), dense.Parameters.Select(p => p.Name));
        using var batch = windowed.Collate(SampleDna.Random(3, 60, 120));
        Assert.Equal(windowed.Loss(batch).item<float>(), dense.Loss(batch).item<float>(), 1e-5f);
        using var narrow = Small(encoderLayers, radius: [1], globalBlocks: globalBlocks);
        Assert.NotEqual(windowed.Loss(batch).item<float>(), narrow.Loss(batch).item<float>(), 1e-3f);
    }

    [Fact]
    public void A_padded_row_gives_finite_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = Small(radius: [2], globalBlocks: 3, maxTargetTokens: 60);
        using var batch = model.Collate([.. SampleDna.Random(1, 250, 250), .. SampleDna.Random(1, 2, 2, seed: 2)]);
        model.Loss(batch).backward();
        foreach (var (name, value) in model.Parameters)
        {
            using var gradient = value.grad;
            Assert.True(gradient is not null && gradient.isfinite().all().item<bool>(), name);
        }
    }

    [Fact]
    public void The_encoder_alone_serves_tasks_without_a_target()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using var batch = Collation.Pad([new("x", "ACGT")], [model.Tokenizer.Encode(new("x", "ACGT"), new())], 0);
        var output = model.Backbone.Forward(batch, Capture.None);
        Assert.Equal([1, 5, 24], output[StreamKey.Hidden].shape);
        Assert.Contains("decoder_ids", Assert.Throws<PluginException>(() => output[StreamKey.Decoder]).Message);
    }

    [Fact]
    public void A_target_longer_than_the_decoder_is_refused_by_name()
    {
        using var model = Small(maxTargetTokens: 20);
        using var batch =
            model.Collate([.. SampleDna.Random(1, 30, 30), new Sample("chr2:7", new string('A', 200)) { Origin = "genome.fa:12" }]);
        var message = Assert.Throws<DataException>(() => model.Predict(batch)).Message;
        Assert.Contains("genome.fa:12", message);
        Assert.Contains("more than the 20", message);
        Assert.Contains("maxTargetTokens", message);
    }

    [Theory]
    [InlineData(new[] { 0 }, "'radius' has a window of 0")]
    [InlineData(new[] { 4, -1 }, "'radius' has a window of -1")]
    [InlineData(new int[0], "'radius' is empty")]
    [InlineData(new[] { 1, 2, 3 }, "3 entries for at most 2 layers")]
    public void A_radius_that_makes_no_window_is_refused(int[] radius, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Small(radius: radius)).Message);

    [Fact]
    public void The_papers_shape_has_fewer_parameters_than_the_paper_states()
    {
        var paper = new ByteSeq2SeqOptions();
        // Table 6 states 1.2 B for this shape; its own numbers add up to this.
        Assert.Equal(942_027_776, ParameterCount.Of(paper, 384, untiedHead: true));
        Assert.Equal(0, ParameterCount.Of(paper, 384, untiedHead: true) - ParameterCount.Of(paper, 384, untiedHead: false) - 384 * 1536);
        var decoderOnly = new ByteSeq2SeqOptions { EncoderLayers = 0, DecoderLayers = 24, FeedForward = 3584, GlobalBlocks = 128 };
        Assert.Equal(548_649_472, ParameterCount.Of(decoderOnly, 384, untiedHead: true));
    }

    [Theory]
    [InlineData(2, 4, "gated-gelu")]
    [InlineData(3, 0, "relu")]
    [InlineData(0, 4, "gated-gelu")]
    public void The_count_is_that_of_a_built_model(int encoderLayers, int globalBlocks, string kind)
    {
        using var model = Model(new
        {
            width = 20, headWidth = 6, attentionHeads = 3, feedForward = 31, encoderLayers, decoderLayers = 2, globalBlocks,
            feedForwardKind = kind, relativeBuckets = 10, radius = new[] { 9 },
        });
        var options = new ByteSeq2SeqOptions
        {
            Width = 20, HeadWidth = 6, AttentionHeads = 3, FeedForward = 31, EncoderLayers = encoderLayers, DecoderLayers = 2,
            GlobalBlocks = globalBlocks,
            FeedForwardKind = kind == "relu" ? FeedForwardKind.Relu : FeedForwardKind.GatedGelu, RelativeBuckets = 10,
        };
        Assert.Equal(model.Parameters.Sum(p => p.Value.numel()),
            ParameterCount.Of(options, model.Tokenizer.Vocabulary.Count, untiedHead: true));
    }

    [Fact]
    public void Parameters_have_T5s_names()
    {
        using var model = Small();
        var names = model.Parameters.Select(p => p.Name).ToHashSet();
        Assert.Superset(new HashSet<string>
        {
            "transformer.shared.weight", "transformer.encoder.final_layer_norm.weight", "lm_head.weight",
            "transformer.encoder.block.0.layer.0.SelfAttention.q.weight",
                "transformer.encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
            "transformer.encoder.block.0.layer.0.SelfAttention.global_relative_attention_bias.weight",
                "transformer.encoder.block.1.layer.0.SelfAttention.global_input_layer_norm.weight",
            "transformer.encoder.block.1.layer.1.DenseReluDense.wi_0.weight", "transformer.encoder.block.1.layer.1.layer_norm.weight",
            "transformer.decoder.block.1.layer.1.EncDecAttention.o.weight", "transformer.decoder.block.1.layer.2.DenseReluDense.wo.weight",
        }, names);
        Assert.DoesNotContain(names, n => n.EndsWith("bias") || n.Contains("block.1.layer.0.SelfAttention.relative"));
    }

    [Fact]
    public void Dropout_draws_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var model =
            Model(new
            {
                width = 24, headWidth = 8, attentionHeads = 2, feedForward = 40, encoderLayers = 1, decoderLayers = 1,
                radius = new[] { 5 }, globalBlocks = 3
            });
        using var batch = model.Collate(SampleDna.Random(2, 40, 40));
        Tensor Logits() => model.Predict(batch)["lm"];
        Assert.False(Logits().Equals(Logits()));
        manual_seed(1);
        var first = Logits();
        manual_seed(1);
        Assert.True(first.Equals(Logits()));
        model.Train(false);
        Assert.True(Logits().Equals(Logits()));
    }

    [Fact]
    public void A_tied_head_shares_the_embedding()
    {
        using var model = Small();
        using var head = bench.Build<Head>("decoder-head", new { tied = true });
        Assert.Empty(head.named_parameters());
        using var batch = model.Collate(SampleDna.Random(1, 40, 40));
        using var scope = NewDisposeScope();
        var output = model.Backbone.Forward(batch, Capture.None);
        var expected = output[StreamKey.Decoder].matmul(model.Backbone.TokenEmbedding!.t()) / Math.Sqrt(24);
        Assert.True((head.Forward(output, batch) - expected).abs().max().item<float>() < 1e-5);
    }

    private static Tensor Ids(SeededRandom random, int rows, int length) =>
        tensor(Enumerable.Range(0, rows * length).Select(_ => (long)random.Next(3, 7)).ToArray(), [rows, length]);

    private static Tensor Encode(ModelUnderTest model, Tensor input) =>
        model.Backbone.Forward(Input(input), Capture.None)[StreamKey.Hidden];

    private static Tensor Decode(ModelUnderTest model, Tensor input, Tensor target) =>
        model.Backbone.Forward(Input(input).Set(Keys.DecoderIds, target), Capture.None)[StreamKey.Decoder];

    private static Batch Input(Tensor input) => new Batch([], []) { RealTokens = input.numel(), Tokens = input.numel() }
        .Set(Keys.InputIds, input).Set(Keys.AttentionMask, ones_like(input).to_type(ScalarType.Bool));
}
