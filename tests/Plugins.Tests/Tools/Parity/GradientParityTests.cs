using PluginHost.Libs.Attribution.Gradients;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Plugins.Interpret.Attention;
using PluginHost.Plugins.Tests.BertEncoder;

namespace PluginHost.Plugins.Tests.Tools.Parity;

using static TorchSharp.torch;

/// <summary>Gradients at the embeddings of tokens, and attributions by them, against Golden/tools/tools_reference.py.</summary>
[Collection(TorchCollection.Name)]
public sealed class GradientParityTests
{
    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void The_gradient_of_weighted_states_is_the_references(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var batch = of.Batch(model);
        StreamKey[] streams = of.HasDecoder ? [StreamKey.Hidden, StreamKey.Decoder] : [StreamKey.Hidden];
        if (of.HasDecoder) batch = DecoderInput.Add(batch, model.Tokenizer.Vocabulary.Pad!.Value);
        var embeddings_BTD = model.Embed(batch);
        var (width, lengths) = (embeddings_BTD.shape[2], batch.Encodings.Select(e => (long)e.Ids.Length).ToArray());

        // Each row has its own weights, and its padding none.
        Tensor Weights(int stream)
        {
            var weights_BTD = zeros(embeddings_BTD.shape);
            for (var b = 0; b < lengths.Length; b++)
                weights_BTD[b].narrow(0, 0, lengths[b]).copy_(
                    tensor(Formula.Uniform($"stream {stream}", lengths[b] * width), [lengths[b], width]));
            return weights_BTD;
        }
        var (scores_B, gradients_BTD) = model.Differentiate(batch, embeddings_BTD, (output, _) =>
            streams.Select((stream, i) => (output[stream] * Weights(i)).sum([1, 2])).Aggregate((a, b) => a + b));

        var recorded = of.Golden.GetProperty("direction");
        for (var b = 0; b < lengths.Length; b++)
        {
            Recorded.Near($"score, row {b}", recorded.GetProperty("scores")[b].GetDouble(), scores_B[b].item<float>(), lengths[b]);
            Recorded.Agrees($"gradient, row {b}", recorded.GetProperty("gradients")[b], gradients_BTD[b].narrow(0, 0, lengths[b]));
            Assert.Equal(0, gradients_BTD[b].narrow(0, lengths[b], embeddings_BTD.shape[1] - lengths[b]).abs().sum().item<float>());
        }
    }

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void Attributions_of_log_odds_are_the_references(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Classifier();
        var batch = of.Batch(model);
        var recorded = of.Golden.GetProperty("attribution");
        var targets = Recorded.Integers(recorded.GetProperty("targets"));
        var score = new TargetScore(model, OutputKind.Classes);
        Assert.True(score.Exists);
        var gradients = new EmbeddingGradients(model, score);

        var scores_B = model.Differentiate(batch, model.Embed(batch), (_, predictions) => score.Of(predictions.Value, targets)).Scores_B;
        var product = gradients.TimesInput(batch, targets);
        var (integrated, gap) = gradients.Integrated(batch, targets,
            Enum.Parse<Baseline>(recorded.GetProperty("baseline").GetString()!, ignoreCase: true), recorded.GetProperty("steps").GetInt32(),
            TestContext.Current.CancellationToken);

        for (var b = 0; b < targets.Length; b++)
        {
            Recorded.Near($"score, row {b}", recorded.GetProperty("scores")[b].GetDouble(), scores_B[b].item<float>(), 1);
            Recorded.Agrees($"gradient times input, row {b}", recorded.GetProperty("timesInput")[b], product[b]);
            Recorded.Agrees($"integrated gradients, row {b}", recorded.GetProperty("integrated")[b], integrated[b]);
            Recorded.Near($"what they miss, row {b}", recorded.GetProperty("gap")[b].GetDouble(), gap[b], 1);
        }
    }
}
