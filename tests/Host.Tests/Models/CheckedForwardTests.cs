using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Contracts;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Models;

/// <summary>Which shapes of streams and predictions fit what is declared, in a batch of 3 samples of 5 tokens and hidden size 8.</summary>
public sealed class CheckedForwardTests
{
    private const int B = 3, T = 5, D = 8, M = 4;

    private static readonly BatchRecipe recipe = new()
    {
        Tokenizer = new TinyParts.Letters(), Objective = new TinyParts.MoreAThanT(), MaxTokens = 40,
    };

    private static Batch Batch(bool positions)
    {
        var batch = new Batch([], []).Set(Keys.InputIds, zeros(B, T, ScalarType.Int64));
        return positions ? batch.Set(Keys.Positions, zeros(M, ScalarType.Int64)) : batch;
    }

    private static void Run(string streamAxes, long[] stream, string predicts, long[] prediction, bool positions = false)
    {
        using var scope = NewDisposeScope();
        var model = new TaskModel(new Net(new StreamKey("s", streamAxes), stream), new Dictionary<string, Head>
        {
            ["class"] = new Answer(new StreamKey("s", streamAxes), predicts, prediction),
        }, new Dictionary<string, ComponentSpec>());
        new CheckedForward(model, recipe).Run(Batch(positions), Capture.None, whole: true);
    }

    [Theory]
    [InlineData("B T D", new long[] { B, T, D })]
    [InlineData("B D", new long[] { B, D })]
    // A letter that nothing binds is whatever it is.
    [InlineData("B X", new long[] { B, 77 })]
    public void Streams_that_fit(string axes, long[] shape) => Run(axes, shape, "B C", [B, 2]);

    [Theory]
    [InlineData("B T D", new long[] { T, B, D }, "[3, 5, 8]")]
    [InlineData("B T D", new long[] { B, D, T }, "[3, 5, 8]")]
    [InlineData("B T D", new long[] { B, T, D, 1 }, "[3, 5, 8]")]
    [InlineData("B D", new long[] { B, D + 1 }, "[3, 8]")]
    [InlineData("B X X", new long[] { B, 6, 7 }, "[3, 6, 6]")]
    public void Streams_that_do_not(string axes, long[] shape, string expected) => Assert.Contains(
        $"the stream 's' as [{string.Join(", ", shape)}]; it declares [{axes}], which is {expected} here",
        Assert.Throws<PluginException>(() => Run(axes, shape, "B C", [B, 2])).Message);

    [Theory]
    [InlineData("B C", new long[] { B, 2 }, false)]
    // One score a token at least: tables may be padded.
    [InlineData("M V", new long[] { M, 6 }, true)]
    [InlineData("M V", new long[] { M, 64 }, true)]
    // The same head where a batch names no positions, and the other way round.
    [InlineData("M V", new long[] { B, T, 6 }, false)]
    [InlineData("B T V", new long[] { B, T, 6 }, false)]
    [InlineData("B T V", new long[] { M, 6 }, true)]
    [InlineData("Q", new long[] { B, T }, false)]
    // What a head calls D is not the width of streams.
    [InlineData("B D", new long[] { B, 3 }, false)]
    public void Predictions_that_fit(string axes, long[] shape, bool positions) => Run("B D", [B, D], axes, shape, positions);

    [Theory]
    [InlineData("B C", new long[] { B, 3 }, false, "[3, 2]")]
    [InlineData("B C", new long[] { 2, B }, false, "[3, 2]")]
    [InlineData("M V", new long[] { M, 5 }, true, "[4, at least 6]")]
    [InlineData("B T V", new long[] { B, T, 6 }, true, "[4, at least 6]")]
    [InlineData("B T V", new long[] { B, 6, T }, false, "[3, 5, at least 6]")]
    public void Predictions_that_do_not(string axes, long[] shape, bool positions, string expected) => Assert.Contains(
        $"the prediction of role 'class' as [{string.Join(", ", shape)}]; it declares [{axes}], which is {expected} here.",
        Assert.Throws<PluginException>(() => Run("B D", [B, D], axes, shape, positions)).Message);

    [Fact]
    public void A_stream_that_goes_with_the_dispose_scope_of_the_head_that_reads_it_first_is_not_held_against_the_architecture()
    {
        using var scope = NewDisposeScope();
        var stream = new StreamKey("s", "B D");
        var model = new TaskModel(new Net(stream, [B, D]), new Dictionary<string, Head>
        {
            ["class"] = new Answer(stream, "B C", [B, 2]),
        }, new Dictionary<string, ComponentSpec>());
        var (output, predictions) = new CheckedForward(model, recipe).Run(Batch(positions: false), Capture.None, whole: false);
        Assert.True(output[stream].IsInvalid);
        Assert.Equal([B, 2], predictions["class"].shape);
    }

    private sealed class Net(StreamKey stream, long[] shape) : Backbone("net")
    {
        public override IReadOnlyList<BatchKey> Reads => [];

        public override IReadOnlyList<StreamKey> Streams => [stream];

        public override BackboneShape Shape => new(D);

        public override IReadOnlyList<nn.Module> Layers => [];

        public override BackboneOutput Forward(Batch batch, Capture capture) => new BackboneOutput().Set(stream, () => zeros(shape));
    }

    private sealed class Answer(StreamKey stream, string predicts, long[] shape) : Head("answer")
    {
        public override IReadOnlyList<StreamKey> Reads => [stream];

        public override string Predicts => predicts;

        public override string StatePrefix => "answer";

        public override Tensor Forward(BackboneOutput output, Batch batch)
        {
            using var scope = NewDisposeScope();
            Assert.False(output[stream].IsInvalid);
            return zeros(shape).MoveToOuterDisposeScope();
        }
    }
}
