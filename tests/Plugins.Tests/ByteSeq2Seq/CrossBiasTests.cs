using System.ComponentModel.DataAnnotations;
using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.SpanCorruption;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

/// <summary>Cross-attention with biases by relative place: by hand, in pieces, for several sequences of one source.</summary>
[Collection(TorchCollection.Name)]
public sealed class CrossBiasTests
{
    private const string Table = "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";

    private readonly Workbench bench = new(new TinyBytes(), new ByteSeq2SeqPlugin(), new SpanCorruptionPlugin());

    private Backbone Model(string crossPlaces = "relative", string relativeStart = "normal")
    {
        manual_seed(6);
        bench.UseTokenizer("tiny-bytes");
        var backbone = bench.UseBackbone("byte-seq2seq", new
        {
            width = 16, headWidth = 4, attentionHeads = 4, feedForward = 24, encoderLayers = 2, decoderLayers = 2, globalBlocks = 0,
            attention = "dense", crossPlaces, relativeStart, maxTokens = 60, maxTargetTokens = 100, relativeBuckets = 8,
            relativeDistance = 20,
        });
        backbone.eval();
        return backbone;
    }

    private static Tensor Ids(SeededRandom random, int rows, int length) =>
        tensor(Enumerable.Range(0, rows * length).Select(_ => (long)random.Next(3, 7)).ToArray(), [rows, length]);

    private static Batch Input(Tensor ids, Tensor real) => new Batch([], []) { RealTokens = real.sum().item<long>(), Tokens = ids.numel() }
        .Set(Keys.InputIds, ids).Set(Keys.AttentionMask, real);

    private static Tensor Padding(int length, params int[] real) =>
        tensor(real.SelectMany(n => Enumerable.Range(0, length).Select(t => t < n)).ToArray(), [real.Length, length]);

    [Fact]
    public void Each_token_has_the_bias_of_its_offset()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var shape = Seq2SeqShape.Of(new()
        {
            Width = 16, HeadWidth = 4, AttentionHeads = 4, RelativeBuckets = 8, RelativeDistance = 20, CrossPlaces = CrossPlaces.Relative,
        });
        var table = model.get_parameter(Table);
        using var embedding = nn.Embedding(8, 4);
        using (no_grad()) embedding.weight!.copy_(table!);
        var bias = new CrossBias(embedding).Of(shape, 40, 50);
        Assert.Equal([1L, 4, 40, 50], bias.shape);
        for (var u = 0; u < 40; u += 3)
            for (var t = 0; t < 50; t++)
                for (var head = 0; head < 4; head++)
                    Assert.Equal(embedding.weight![RelativeBuckets.Of(t - u, false, 8, 20), head].item<float>(),
                        bias[0, head, u, t].item<float>());
    }

    [Fact]
    public void A_start_alongside_looks_at_one_place_a_head_and_is_learned()
    {
        using var scope = NewDisposeScope();
        using var model = Model(relativeStart: "neighbours");
        var batch = Input(Ids(new(1), 1, 30), Padding(30, 30)).Set(Keys.DecoderIds, Ids(new(2), 1, 30));
        var reader = new FirstCross();
        var output = model.Forward(batch, Capture.Reading(reader));
        output[StreamKey.Decoder].sum().backward();
        Assert.Equal([15L, 14], reader.LookedAt);
        Assert.True(model.get_parameter(Table)!.grad!.abs().sum().item<float>() > 0);
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1)]
    public void Several_sequences_of_a_source_go_on_as_the_whole(params int[] order)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model();
        var incremental = (IIncremental)model;
        var random = new SeededRandom(8);
        var rows = tensor(order.Select(o => (long)o).ToArray());
        var (input, real) = (Ids(random, 2, 30), Padding(30, 30, 11));
        var (first, second, third) = (Ids(random, 2, 21), Ids(random, order.Length, 1), Ids(random, order.Length, 12));
        using var state = incremental.Start(Input(input, real));
        incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, first), state);
        state.Reorder(rows);
        var actual = cat([.. new[] { second, third }.Select(piece =>
            incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, piece), state)[StreamKey.Decoder])], 1);
        var whole = Input(input.index_select(0, rows), real.index_select(0, rows))
            .Set(Keys.DecoderIds, cat([first.index_select(0, rows), second, third], 1));
        var expected = model.Forward(whole, Capture.None)[StreamKey.Decoder].narrow(1, 21, 13);
        Assert.True((actual - expected).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Rows_of_unequal_length_have_places_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model();
        var incremental = (IIncremental)model;
        var random = new SeededRandom(5);
        var (input, first, second) = (Ids(random, 2, 30), Ids(random, 2, 13), Ids(random, 2, 9));
        var real = Padding(30, 30, 30);
        using var state = incremental.Start(Input(input, real));
        incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, first).Set(Keys.DecoderMask, Padding(13, 13, 6)), state);
        var after = incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, second), state)[StreamKey.Decoder];
        foreach (var (row, before) in new[] { (0, 13), (1, 6) })
        {
            var joined = cat([first.narrow(0, row, 1).narrow(1, 0, before), second.narrow(0, row, 1)], 1);
            var whole = Input(input.narrow(0, row, 1), Padding(30, 30)).Set(Keys.DecoderIds, joined);
            var expected = model.Forward(whole, Capture.None)[StreamKey.Decoder].narrow(1, before, 9);
            Assert.True((after.narrow(0, row, 1) - expected).abs().max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void It_is_no_part_of_models_without_it_and_is_counted()
    {
        using var without = Model("none");
        using var with = Model();
        Assert.DoesNotContain(Table, without.named_parameters().Select(p => p.name));
        Assert.Equal(8 * 4, with.parameters().Sum(p => p.numel()) - without.parameters().Sum(p => p.numel()));
        var options = new ByteSeq2SeqOptions { CrossPlaces = CrossPlaces.Relative };
        Assert.Equal(options.RelativeBuckets * options.AttentionHeads,
            ParameterCount.Of(options, 384, false) - ParameterCount.Of(new(), 384, false));
    }

    [Theory]
    [InlineData(AttentionKind.Windowed, 2, "needs 'attention: dense'")]
    [InlineData(AttentionKind.Dense, 0, "without an encoder")]
    public void It_is_refused_where_it_cannot_be(AttentionKind attention, int encoderLayers, string sentence)
    {
        var options = new ByteSeq2SeqOptions { CrossPlaces = CrossPlaces.Relative, Attention = attention, EncoderLayers = encoderLayers };
        Assert.Contains(options.Validate(new ValidationContext(options)), r => r.ErrorMessage!.Contains(sentence));
    }

    /// <summary>Where the first two heads of the first cross-attention look from place 15.</summary>
    private sealed class FirstCross : IAttentionReader
    {
        public IReadOnlyList<long> LookedAt { get; private set; } = [];

        public void Read(string stack, int layer, Tensor shares)
        {
            if (stack == AttentionStacks.Cross && layer == 0)
                LookedAt = [shares[0, 0, 15].argmax().item<long>(), shares[0, 1, 15].argmax().item<long>()];
        }
    }
}
