using PluginHost.Torch;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>What the contract asks of architectures, rule by rule.</summary>
internal static class ArchitectureRules
{
    private const double Near = 1e-4;

    public static IEnumerable<Rule> Of(Subject subject)
    {
        var tokenizer = subject.Bench.Tokenizer;
        var backbone = Build(subject);
        var samples = subject.Samples();
        // A decoder's stream needs a decoder's tokens, which one that only encodes does without.
        var reads = backbone.Reads.Concat(Columns.Beside(backbone.Streams)).Distinct().ToList();
        Batch Batch(IReadOnlyList<Sample> of) => Columns.Batch(tokenizer, of, reads, backbone.Shape.MaxTokens);
        IReadOnlyList<Tensor> Streams(Backbone of, Batch batch) => Run(of, batch, Capture.None).Streams;

        yield return new("parameter names", () => ParameterNames(backbone, () => Build(subject)));
        yield return new("axes", () => Axes(backbone, Batch(samples), ScalarType.Float32));
        yield return new("bfloat16", () => Axes(backbone, Batch(samples), ScalarType.BFloat16));
        yield return new("captured layers", () => Captured(backbone, Batch(samples)));
        yield return new("determinism", () => Modules.SameBits(
            Streams(backbone, Batch(samples)), Streams(backbone, Batch(samples)), "two passes over the same batch"));
        yield return new("padding", () => Alone(samples.MinBy(s => s.Sequence.Length)!, samples.MaxBy(s => s.Sequence.Length)!));
        yield return new("batch independence", () => Alone(Cut(samples[0]), Cut(samples[1]), Cut(samples[2])));
        yield return new("gradients", () =>
            Modules.GradientsReach(backbone, Run(backbone, Batch(samples), Capture.None, gradients: true).Streams));
        yield return new("save and load", () =>
        {
            using var other = Build(subject);
            Modules.Copy(backbone, other);
            Modules.SameBits(Streams(backbone, Batch(samples)), Streams(other, Batch(samples)),
                "the model and one that loaded its weights");
        });
        if (backbone.Shape.Causal && backbone.Reads.Contains(Keys.InputIds))
            yield return new("causality", () => CausalChecks.NeverLooksAhead(backbone, Batch(Even()), tokenizer.Vocabulary.Count));
        if (backbone is not IIncremental) yield break;
        yield return new("pieces", () => CausalChecks.PiecesEqualTheWhole(backbone, Batch(Even()), Near));
        yield return new("branches", () => CausalChecks.BranchesGoOn(backbone, Batch(Even()), Near));

        List<Sample> Even() => [.. samples.Select(Cut)];

        void Alone(Sample sample, params Sample[] beside)
        {
            using var off = no_grad();
            var alone = Streams(backbone, Batch([sample]));
            var together = Streams(backbone, Batch([sample, .. beside]));
            foreach (var (stream, one, many) in backbone.Streams.Zip(alone, together))
            {
                if (!stream.Axes.StartsWith("B ", StringComparison.Ordinal)) continue;
                var row = many[0];
                for (var axis = 0; axis < row.shape.Length; axis++) row = row.narrow(axis, 0, one.shape[axis + 1]);
                var difference = (one[0] - row).abs().max().item<float>();
                Require(difference < Near, $"stream '{stream.Name}' of a sequence differs by {difference} when others of "
                    + $"{string.Join(", ", beside.Select(b => b.Sequence.Length))} bases stand beside it.");
            }
        }
    }

    private static Backbone Build(Subject subject)
    {
        var backbone = subject.Build<Backbone>();
        backbone.eval();
        return backbone;
    }

    private static Sample Cut(Sample sample) => sample with { Sequence = sample.Sequence[..12] };

    /// <summary>The streams that the batch allows, those it lacks columns for left out.</summary>
    private static (BackboneOutput Output, IReadOnlyList<Tensor> Streams) Run(Backbone backbone, Batch batch, Capture capture,
        bool gradients = false)
    {
        using var off = gradients ? null : no_grad();
        var output = backbone.Forward(batch, capture);
        return (output, [.. backbone.Streams.Select(stream => output[stream])]);
    }

    private static void ParameterNames(Backbone backbone, Func<Backbone> build)
    {
        using var second = build();
        var names = backbone.named_parameters().Select(p => p.name).ToList();
        Require(names.Count > 0, "it has no parameters: call RegisterComponents() at the end of the constructor.");
        Require(names.SequenceEqual(second.named_parameters().Select(p => p.name)), "two builds have different parameter names.");
        Require(names.Distinct().Count() == names.Count, "two parameters have the same name.");
    }

    private static void Axes(Backbone backbone, Batch batch, ScalarType type)
    {
        using var precision = Autocast.Enter(CPU, type);
        foreach (var (stream, tensor) in backbone.Streams.Zip(Run(backbone, batch, Capture.None).Streams))
            AxesCheck.Run(tensor, stream.Axes, batch, $"stream '{stream.Name}'", backbone.Shape.HiddenSize);
    }

    private static void Captured(Backbone backbone, Batch batch)
    {
        var output = Run(backbone, batch, Capture.HiddenStates | Capture.Attentions).Output;
        // What has no state of tokens has none before and after layers either.
        if (backbone.Streams.Contains(StreamKey.Hidden) || output.HiddenStates.Count > 0)
            Require(output.HiddenStates.Count == backbone.Layers.Count + 1,
                $"{output.HiddenStates.Count} hidden states for {backbone.Layers.Count} layers: one before the first and one after each.");
        foreach (var shares_BHTT in output.Attentions)
        {
            var off = (shares_BHTT.to_type(ScalarType.Float32).sum(-1) - 1).abs().max().item<float>();
            Require(off < 0.02, $"attention probabilities sum to 1 only within {off}.");
        }
    }
}
