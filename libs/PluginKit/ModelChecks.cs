using PluginHost.Torch;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>What the contract asks of every backbone and head.</summary>
public static class ModelChecks
{
    /// <summary>Runs all checks.</summary>
    /// <param name="build">Builds a fresh model, with small sizes.</param>
    /// <param name="samples">About ten labelled samples of different lengths.</param>
    /// <param name="steps">Optimiser steps within which the loss on them must fall.</param>
    /// <param name="learningRate">For AdamW.</param>
    /// <param name="falls">To at most this share of the first loss.</param>
    public static void Run(Func<ModelUnderTest> build, IReadOnlyList<Sample> samples, int steps = 100, double learningRate = 3e-3,
        double falls = 0.5)
    {
        StateNamesAreStable(build);
        using var model = build();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16 }) Forward(model, samples, type);
        PaddingChangesNothing(model, samples);
        Learns(model, samples, steps, learningRate, falls);
    }

    /// <summary>Every stream and prediction is finite and has the axes it states, in a precision.</summary>
    public static void Forward(ModelUnderTest model, IReadOnlyList<Sample> samples, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var precision = Autocast.Enter(CPU, type);
        using var batch = model.Collate(samples);
        model.Train(false);
        var output = model.Backbone.Forward(batch, Capture.HiddenStates | Capture.Attentions);
        var hasDecoder = batch.TryGet(Keys.DecoderIds, out _);
        foreach (var stream in model.Backbone.Streams.Where(s => hasDecoder || s != StreamKey.Decoder))
            AxesCheck.Run(output[stream], stream.Axes, batch, $"stream '{stream.Name}' in {type}", model.Backbone.Shape.HiddenSize);
        foreach (var head in model.Heads.Values)
            AxesCheck.Run(head.Forward(output, batch), head.Predicts, batch, $"the prediction of {head.GetName()} in {type}",
                model.Backbone.Shape.HiddenSize);
        Require(output.HiddenStates.Count == model.Backbone.Layers.Count + 1,
            $"{output.HiddenStates.Count} hidden states for {model.Backbone.Layers.Count} layers.");
        foreach (var shares_BHTT in output.Attentions)
        {
            var off1 = (shares_BHTT.to_type(ScalarType.Float32).sum(-1) - 1).abs().max().item<float>();
            Require(off1 < 0.02, $"attention probabilities sum to 1 only within {off1} in {type}.");
        }
    }

    /// <summary>A sequence has the same hidden states alone and beside a longer one.</summary>
    public static void PaddingChangesNothing(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        model.Train(false);
        var shortest = samples.MinBy(s => s.Sequence.Length)!;
        var longest = samples.MaxBy(s => s.Sequence.Length)!;
        using var alone = Plain(model, [shortest]);
        using var beside = Plain(model, [shortest, longest]);
        var hidden = model.Backbone.Forward(alone, Capture.None)[StreamKey.Hidden][0];
        var padded = model.Backbone.Forward(beside, Capture.None)[StreamKey.Hidden][0].narrow(0, 0, hidden.shape[0]);
        var difference = (hidden - padded).abs().max().item<float>();
        Require(difference < 1e-4, $"padding changes hidden states by {difference}.");
    }

    /// <summary>Two builds have the same parameter names, none twice.</summary>
    public static void StateNamesAreStable(Func<ModelUnderTest> build)
    {
        using var first = build();
        using var second = build();
        var names = first.Parameters.Select(p => p.Name).ToList();
        Require(names.SequenceEqual(second.Parameters.Select(p => p.Name)), "two builds have different parameter names.");
        Require(names.Distinct().Count() == names.Count, "two parameters have the same name.");
    }

    /// <summary>The loss on one batch falls; returns the last.</summary>
    public static float Learns(ModelUnderTest model, IReadOnlyList<Sample> samples, int steps, double learningRate, double falls)
    {
        using var batch = model.Collate(samples);
        using var optimizer = optim.AdamW(model.Parameters.Select(p => p.Value), lr: learningRate, weight_decay: 0);
        var (first, last) = (float.NaN, float.NaN);
        model.Train(true);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = model.Loss(batch);
            last = loss.item<float>();
            if (step == 0) first = last;
            loss.backward();
            optimizer.step();
        }
        Require(last <= falls * first, $"{steps} steps on {samples.Count} samples take the loss from {first} to {last} only.");
        return last;
    }

    private static Batch Plain(ModelUnderTest model, IReadOnlyList<Sample> samples) =>
        Collation.Pad(samples, [.. samples.Select(s => model.Tokenizer.Encode(s, new EncodeContext()))],
            model.Tokenizer.Vocabulary.Pad ?? 0);
}
