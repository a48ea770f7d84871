using PluginHost.PluginKit;
using PluginHost.Plugins.ConvEncoder;
using PluginHost.Plugins.KMer;

namespace PluginHost.Plugins.Tests.ConvEncoder;

using static TorchSharp.torch;

/// <summary>What the convolutional encoder shows of itself, and what it refuses.</summary>
[Collection(TorchCollection.Name)]
public sealed class ConvEncoderTests
{
    private static Backbone Build(object options)
    {
        var bench = new Workbench(new KMerPlugin(), new ConvEncoderPlugin());
        bench.UseTokenizer("kmer", new { k = 1 });
        bench.UseBackbone("conv-encoder", options);
        return bench.Backbone;
    }

    private static Batch Ids(params long[] ids) => new Batch([], [])
        .Set(Keys.InputIds, tensor(ids, [1L, ids.Length])).Set(Keys.AttentionMask, ones(1, ids.Length, ScalarType.Bool));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Kept_states_are_those_before_the_first_layer_and_after_each_and_the_last_is_the_stream(int layers)
    {
        using var scope = NewDisposeScope();
        var backbone = Build(new { layers, width = 8, attentionHeads = 2, stride = 4, dropout = 0.0 });
        var output = backbone.Forward(Ids(2, 5, 6, 7, 8, 5, 3), Capture.HiddenStates);
        Assert.Equal(layers + 1, output.HiddenStates.Count);
        Assert.All(output.HiddenStates, h => Assert.Equal([1, 7, 8], h.shape));
        Assert.True(output.HiddenStates[^1].equal(output[StreamKey.Hidden]).all().item<bool>());
    }

    [Fact]
    public void A_token_sees_the_whole_sequence_and_where_it_stands_if_asked_to()
    {
        using var scope = NewDisposeScope();
        long[] ids = [2, .. Enumerable.Repeat(5L, 60), 3];
        foreach (var positions in new[] { "relative", "absolute" })
        {
            var backbone = Build(new { layers = 1, width = 8, attentionHeads = 4, dropout = 0.0, positions });
            backbone.eval();
            var all_TD = backbone.Forward(Ids(ids), Capture.None)[StreamKey.Hidden][0];
            // The last base changes what attention tells the first one.
            var other_TD = backbone.Forward(Ids([.. ids[..^2], 6, 3]), Capture.None)[StreamKey.Hidden][0];
            Assert.False(all_TD[1].equal(other_TD[1]).all().item<bool>());
            // Before attention, two equal neighbourhoods look the same unless places are counted.
            var local_TD = Build(new { layers = 0, width = 8, attentionHeads = 4, dropout = 0.0, positions }).Forward(Ids(ids),
                Capture.None)[StreamKey.Hidden][0];
            Assert.Equal(positions == "relative", local_TD[24].allclose(local_TD[28], 1e-4, 1e-5));
        }
    }

    [Fact]
    public void Embeddings_of_their_own_width_are_not_shared_and_lengths_are_limited_where_asked()
    {
        Assert.NotNull(Build(new { layers = 1, width = 8, attentionHeads = 2 }).TokenEmbedding);
        var narrow = Build(new { layers = 1, width = 8, attentionHeads = 2, embeddingWidth = 4, maxTokens = 5 });
        Assert.Null(narrow.TokenEmbedding);
        Assert.Equal(5, narrow.Shape.MaxTokens);
        Assert.Contains("takes 5 (maxTokens)",
            Assert.Throws<PluginException>(() => narrow.Forward(Ids(2, 5, 6, 7, 8, 3), Capture.None)).Message);
    }

    [Theory]
    [InlineData(30, 4, 9, "no multiple of 'attentionHeads'")]
    [InlineData(30, 3, 9, "must be even")]
    [InlineData(32, 4, 8, "must be odd")]
    public void Sizes_that_do_not_go_together_are_refused(int width, int heads, int kernel, string sentence)
    {
        var options = new ConvEncoderOptions { Width = width, AttentionHeads = heads, StemKernel = kernel };
        Assert.Contains(options.Validate(new(options)), r => r.ErrorMessage!.Contains(sentence));
    }
}
