using PluginHost.Host.Models;
using PluginHost.Host.Tests.Models;
using PluginHost.Libs.Tools.Bases;

namespace PluginHost.Host.Tests.Tools;

using static TorchSharp.torch;

/// <summary>Attention that tokens receive, on a small model of each family.</summary>
public sealed class AttentionScoresTests
{
    public static TheoryData<string> Families => [.. TinyModel.Families.Where(f => f != "windowed")];

    private static Batch Batch(LoadedModel model, params int[] lengths)
    {
        var samples = TinyModel.Sequences(lengths);
        return model.Place(Collation.Pad(
            samples, [.. samples.Select(s => model.Tokenizer.Encode(s, new EncodeContext(model.Recipe.MaxTokens)))], 0));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void They_are_what_all_kept_attentions_say(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Make(family);
        var batch = Batch(model, 30, 12, 25);
        var kept_BHQS = model.Forward(batch, Capture.Attentions).Attentions[^1].to_type(ScalarType.Float32).cpu();
        var scores = new AttentionScores(model);

        var found = scores.Of(batch);

        for (var b = 0; b < found.Count; b++)
        {
            var encoding = batch.Encodings[b];
            Assert.Equal(encoding.Ids.Length, found[b].Length);
            var from = scores.OfClassification
                ? [Array.IndexOf(encoding.Ids, model.Tokenizer.Vocabulary.Classification!.Value)]
                : Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0).ToArray();
            for (var s = 0; s < encoding.Ids.Length; s++)
            {
                var expected = from.Average(q => kept_BHQS[b, TensorIndex.Colon, q, s].sum().item<float>());
                Assert.Equal(expected, found[b][s], 1e-4f);
            }
        }
    }

    [Fact]
    public void A_layer_is_chosen_and_one_that_is_not_there_named()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Make("dnabert");
        var batch = Batch(model, 30);
        var kept = model.Forward(batch, Capture.Attentions).Attentions;
        var first = new AttentionScores(model, 1).Of(batch)[0];
        Assert.Equal(kept[0][0, TensorIndex.Colon, 0].sum([0L]).data<float>().ToArray(), first, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.NotEqual(first, new AttentionScores(model, 2).Of(batch)[0]);
        Assert.Contains("has 2 layers with attention", Assert.Throws<UsageException>(() => new AttentionScores(model, 3).Of(batch)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bases_have_the_mean_of_the_tokens_that_cover_them()
    {
        BaseSpan[] spans = [BaseSpan.None, new(0, 3), new(1, 4), new(2, 5), BaseSpan.None];
        var bases = BaseSpread.Mean(spans, [9, 3, 6, 12, 9], 6);
        Assert.Equal([3, 4.5f, 7, 9, 12], bases[..5]);
        Assert.True(float.IsNaN(bases[5]));
    }
}
