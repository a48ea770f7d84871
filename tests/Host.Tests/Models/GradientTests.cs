using PluginHost.Host.Models;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>What attribution and attention maps are made of, on a small model of each family.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Families => [.. TinyModel.Families];

    private static Batch Batch(LoadedModel model, params int[] lengths)
    {
        var samples = TinyModel.Sequences(lengths);
        return model.Place(Collation.Pad(
            samples, [.. samples.Select(s => model.Tokenizer.Encode(s, new EncodeContext(model.Recipe.MaxTokens)))], 0));
    }

    private static Tensor Score(BackboneOutput output, Lazy<Predictions> predictions) =>
        (output[StreamKey.Hidden] * arange(output[StreamKey.Hidden].shape[2]).cos()).sum([1, 2]);

    [Theory]
    [MemberData(nameof(Families))]
    public void Embeddings_of_the_tokens_give_what_the_tokens_give(string family)
    {
        using var scope = NewDisposeScope();
        var model = TinyModel.Make(family);
        Assert.True(model.Backbone.TakesEmbeddings);
        var batch = Batch(model, 30, 12, 25);
        using var off = no_grad();
        var plain = model.Forward(batch)[StreamKey.Hidden];

        using var given = batch.With(Keys.InputEmbeddings, model.Embed(batch));
        Assert.True(plain.equal(model.Forward(given)[StreamKey.Hidden]).all().item<bool>());

        using var none = batch.With(Keys.InputEmbeddings, zeros_like(model.Embed(batch)));
        Assert.True((plain - model.Forward(none)[StreamKey.Hidden]).abs().max().item<float>() > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_gradient_says_how_the_score_changes(string family)
    {
        using var scope = NewDisposeScope();
        var model = TinyModel.Make(family);
        var batch = Batch(model, 30, 12, 25);
        var embeddings_BTD = model.Embed(batch);
        var (scores_B, gradients_BTD) = model.Differentiate(batch, embeddings_BTD, Score);
        manual_seed(3);
        var direction_BTD = randn(embeddings_BTD.shape);
        const float Step = 2e-3f;
        var up_B = model.Differentiate(batch, embeddings_BTD + Step * direction_BTD, Score).Scores_B;
        var down_B = model.Differentiate(batch, embeddings_BTD - Step * direction_BTD, Score).Scores_B;

        var measured = ((up_B - down_B) / (2 * Step)).data<float>().ToArray();
        var said = (gradients_BTD * direction_BTD).sum([1, 2]).data<float>().ToArray();
        for (var b = 0; b < measured.Length; b++) Assert.Equal(1, said[b] / measured[b], 2e-2);
        Assert.Equal(embeddings_BTD.shape, gradients_BTD.shape);
        Assert.Equal([3], scores_B.shape);
        Assert.All(model.Backbone.parameters(), p => Assert.True(p.requires_grad));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_reader_is_shown_each_layer_as_it_would_be_kept(string family)
    {
        using var scope = NewDisposeScope();
        var model = TinyModel.Make(family);
        var batch = Batch(model, 30, 12);
        var kept = model.Forward(batch, Capture.Attentions).Attentions;
        var reader = new Copies();

        Assert.Empty(model.Forward(batch, Capture.Reading(reader)).Attentions);

        var tokens = reader.Seen.Where(s => s.Stack == AttentionStacks.Tokens).ToList();
        Assert.Equal(Enumerable.Range(0, kept.Count), tokens.Select(s => s.Layer));
        foreach (var (expected, seen) in kept.Zip(tokens)) Assert.True(expected.equal(seen.Shares).all().item<bool>());
        if (family == "dnazen") Assert.Contains(reader.Seen, s => s.Stack == "ggrams");
    }

    [Fact]
    public void A_decoder_shows_its_own_attention_and_that_to_the_encoder()
    {
        using var scope = NewDisposeScope();
        var model = TinyModel.Make("enbed");
        var batch = Batch(model, 30, 12);
        using var target = batch.With(Keys.DecoderIds, batch[Keys.InputIds].narrow(1, 0, 7).clone());
        using var off = no_grad();
        var reader = new Copies();
        var kept = model.Forward(target)[StreamKey.Decoder];

        var read = model.Forward(target, Capture.Reading(reader))[StreamKey.Decoder];

        Assert.True((kept - read).abs().max().item<float>() < 1e-5);
        var cross = reader.Seen.Where(s => s.Stack == AttentionStacks.Cross).ToList();
        Assert.NotEmpty(cross);
        var real_B1UT = batch[Keys.AttentionMask].unsqueeze(1).unsqueeze(1);
        foreach (var (_, _, shares_BHUT) in cross)
        {
            Assert.Equal([2, shares_BHUT.shape[1], 7, batch.Axis("T")], shares_BHUT.shape);
            Assert.True((shares_BHUT.sum(-1) - 1).abs().max().item<float>() < 1e-5);
            Assert.True((shares_BHUT * real_B1UT.logical_not()).max().item<float>() < 1e-6);
        }
        Assert.All(reader.Seen.Where(s => s.Stack == AttentionStacks.Decoder), s => Assert.Equal(0, s.Shares.triu(1).max().item<float>()));
    }

    private sealed class Copies : IAttentionReader
    {
        public List<(string Stack, int Layer, Tensor Shares)> Seen { get; } = [];

        public void Read(string stack, int layer, Tensor shares) => Seen.Add((stack, layer, shares.clone().DetachFromDisposeScope()));
    }
}
