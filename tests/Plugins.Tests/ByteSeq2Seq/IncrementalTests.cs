using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.SpanCorruption;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

/// <summary>The key-value cache: a sequence in pieces against the whole.</summary>
[Collection(TorchCollection.Name)]
public sealed class IncrementalTests
{
    private const int Most = 100;

    private readonly Workbench bench = new(new TinyBytes(), new ByteSeq2SeqPlugin(), new SpanCorruptionPlugin());

    private Backbone Model(int encoderLayers, int globalBlocks, string attention = "windowed", int[]? radius = null)
    {
        manual_seed(6);
        bench.UseTokenizer("tiny-bytes");
        var backbone = bench.UseBackbone("byte-seq2seq", new
        {
            width = 16, headWidth = 4, attentionHeads = 2, feedForward = 24, encoderLayers, decoderLayers = 2, radius = radius
                ?? [3, 6], globalBlocks, attention,
            maxTokens = encoderLayers > 0 ? 60 : 20, maxTargetTokens = encoderLayers > 0 ? Most
                : Most - 20, relativeBuckets = 8, relativeDistance = 20,
        });
        backbone.eval();
        return backbone;
    }

    private static Tensor Ids(SeededRandom random, int rows, int length) =>
        tensor(Enumerable.Range(0, rows * length).Select(_ => (long)random.Next(3, 7)).ToArray(), [rows, length]);

    private static Batch Input(Tensor ids, Tensor? real = null) =>
        new Batch([], []) { RealTokens = real?.sum().item<long>() ?? ids.numel(), Tokens = ids.numel() }
        .Set(Keys.InputIds, ids).Set(Keys.AttentionMask, real ?? ones_like(ids).to_type(ScalarType.Bool));

    private static Tensor Padding(int length, params int[] real) =>
        tensor(real.SelectMany(n => Enumerable.Range(0, length).Select(t => t < n)).ToArray(), [real.Length, length]);

    [Theory]
    [InlineData(2, 5, "windowed")]
    [InlineData(2, 0, "windowed")]
    [InlineData(2, 40, "dense")]
    [InlineData(0, 5, "windowed")]
    [InlineData(0, 25, "dense")]
    public void Pieces_give_what_the_whole_gives(int encoderLayers, int globalBlocks, string attention)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model(encoderLayers, globalBlocks, attention);
        var incremental = (IIncremental)model;
        var random = new SeededRandom((ulong)DateTime.UtcNow.Ticks);
        for (var trial = 0; trial < 6; trial++)
        {
            var length = random.Next(1, 80);
            var target = Ids(random, 2, length);
            var input = Input(Ids(random, 2, 30), Padding(30, 30, 17));
            var whole = encoderLayers > 0
                ? model.Forward(input.Set(Keys.DecoderIds, target), Capture.None)[StreamKey.Decoder]
                : model.Forward(Input(target.narrow(1, 0, Math.Min(length, 20))), Capture.None)[StreamKey.Hidden];
            using var state = incremental.Start(encoderLayers > 0 ? input : Input(target));
            for (var at = 0; at < whole.shape[1];)
            {
                var step = (int)Math.Min(whole.shape[1] - at, random.Next(1, 12));
                using var next = new Batch([], []).Set(incremental.Grows, target.narrow(1, at, step));
                var piece = incremental.Continue(next, state)[incremental.Generates];
                var difference = (piece - whole.narrow(1, at, step)).abs().max().item<float>();
                Assert.True(difference < 1e-5, $"tokens {at} to {at + step} of {length} differ by {difference}");
                at += step;
            }
            Assert.Equal((2, (int)whole.shape[1]), (state.Rows, state.Length));
        }
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(0, 5)]
    [InlineData(2, 0)]
    public void Branches_go_on_and_leave_their_state(int encoderLayers, int globalBlocks)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model(encoderLayers, globalBlocks);
        var incremental = (IIncremental)model;
        var target = Ids(new SeededRandom(4), 2, 18);
        var input = Input(Ids(new SeededRandom(5), 2, 30), Padding(30, 30, 17));
        var whole = encoderLayers > 0
            ? model.Forward(input.Set(Keys.DecoderIds, target), Capture.None)[StreamKey.Decoder]
            : model.Forward(Input(target), Capture.None)[StreamKey.Hidden];
        using var state = incremental.Start(encoderLayers > 0 ? input : Input(target));
        Continue(target.narrow(1, 0, 11), state);
        var rows_N = tensor(new long[] { 1, 0, 1 });
        using (var branch = state.Branch(rows_N)) Near(Continue(target.index_select(0, rows_N), branch), whole.index_select(0, rows_N));
        Assert.Equal((2, 11), (state.Rows, state.Length));
        Near(Continue(target, state), whole);

        Tensor Continue(Tensor ids, DecodingState to)
        {
            using var next = new Batch([], []).Set(incremental.Grows, to.Length == 0 ? ids : ids.narrow(1, 11, 7));
            return incremental.Continue(next, to)[incremental.Generates];
        }

        static void Near(Tensor actual, Tensor expected) =>
            Assert.True((actual - expected.narrow(1, 11, 7)).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Rows_of_unequal_length_are_as_if_each_were_alone(int encoderLayers)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model(encoderLayers, 20);
        var incremental = (IIncremental)model;
        var random = new SeededRandom(5);
        var (first, second) = (Ids(random, 2, 13), Ids(random, 2, 9));
        var (real1, real2) = (Padding(13, 13, 6), Padding(9, 4, 9));
        var mask = encoderLayers > 0 ? Keys.DecoderMask : Keys.AttentionMask;
        var input = Ids(random, 2, 30);
        using var state = incremental.Start(Input(input));
        var pieces = new[] { (first, real1), (second, real2) }.Select(p =>
            incremental.Continue(new Batch([], []).Set(incremental.Grows, p.Item1).Set(mask, p.Item2), state)[incremental.Generates])
                .ToArray();
        foreach (var (row, a, b) in new[] { (0, 13, 4), (1, 6, 9) })
        {
            using var alone = incremental.Start(Input(input.narrow(0, row, 1)));
            var joined = cat([first.narrow(0, row, 1).narrow(1, 0, a), second.narrow(0, row, 1).narrow(1, 0, b)], 1);
            var expected = incremental.Continue(new Batch([], []).Set(incremental.Grows, joined), alone)[incremental.Generates][0];
            var actual = cat([pieces[0][row].narrow(0, 0, a), pieces[1][row].narrow(0, 0, b)]);
            Assert.True((expected - actual).abs().max().item<float>() < 1e-5);
        }
        Assert.True(pieces.All(p => p.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Reordered_rows_go_on_where_the_old_ones_were()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model(2, 20);
        var incremental = (IIncremental)model;
        var random = new SeededRandom(8);
        var (input, first, second) = (Ids(random, 2, 30), Ids(random, 2, 21), Ids(random, 3, 12));
        using var state = incremental.Start(Input(input, Padding(30, 30, 11)));
        incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, first), state);
        state.Reorder(tensor(new long[] { 1, 0, 1 }));
        Assert.Equal(3, state.Rows);
        var after = incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, second), state)[StreamKey.Decoder];
        var rows = tensor(new long[] { 1, 0, 1 });
        var whole = Input(input.index_select(0, rows), Padding(30, 11, 30, 11))
            .Set(Keys.DecoderIds, cat([first.index_select(0, rows), second], 1));
        var expected = model.Forward(whole, Capture.None)[StreamKey.Decoder].narrow(1, 21, 12);
        Assert.True((after - expected).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Greedy_decoding_is_what_the_whole_model_would_choose()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Model(2, 20);
        using var head = bench.Build<Head>("decoder-head");
        var incremental = (IIncremental)model;
        var input = Ids(new(9), 1, 30);
        using var state = incremental.Start(Input(input));
        var chosen = new List<long> { 0 };
        for (var i = 0; i < 40; i++)
        {
            var next = new Batch([], []).Set(Keys.DecoderIds, tensor(new[] { chosen[^1] }, [1, 1]))
                .Set(Keys.Positions, tensor(new long[] { 0 }));
            chosen.Add(head.Forward(incremental.Continue(next, state), next).argmax(1).item<long>());
        }
        var all = Input(input).Set(Keys.DecoderIds, tensor(chosen.SkipLast(1).ToArray(), [1, 40]));
        var expected = head.Forward(model.Forward(all, Capture.None), all).argmax(2).flatten().data<long>().ToArray();
        Assert.Equal(expected, chosen.Skip(1));
    }

    [Fact]
    public void More_tokens_than_the_decoder_takes_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Model(1, 0);
        var incremental = (IIncremental)model;
        Assert.Equal(Most, incremental.MaxGrown);
        using var state = incremental.Start(Input(Ids(new(1), 1, 10)));
        incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, Ids(new(2), 1, Most)), state);
        var message = Assert.Throws<UsageException>(() =>
            incremental.Continue(new Batch([], []).Set(Keys.DecoderIds, Ids(new(3), 1, 1)), state)).Message;
        Assert.Contains("101 tokens", message);
    }
}
