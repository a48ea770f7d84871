using PluginHost.Libs.Attribution.Attention;
using PluginHost.Libs.Attribution.Gradients;
using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Bases;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.Attribution;

using static TorchSharp.torch;

/// <summary>Attributes what a model says of a sequence to its bases, by all methods that the model serves.</summary>
internal sealed class Attributor
{
    private readonly TrainedModel model;
    private readonly AttributeOptions options;
    private readonly ModelOutputs? outputs;
    private readonly MutationScorer? scorer;
    private readonly TargetScore? target;
    private readonly List<Method> methods;
    private readonly int? named;

    /// <param name="model">Any.</param>
    /// <param name="options">Validated.</param>
    /// <exception cref="UsageException">The model serves none of the methods, or has no such output.</exception>
    public Attributor(TrainedModel model, AttributeOptions options)
    {
        (this.model, this.options) = (model, options);
        methods = [.. options.Method.Length > 0 ? options.Method.Distinct() : Enum.GetValues<Method>()];
        var said = new ModelOutputs(model);
        try
        {
            said.Check();
            outputs = said;
            scorer = new(model, said, bothStrands: false, options.BatchTokens);
            target = new(model, said.Kind);
        }
        catch (UsageException nothing) { Leave(Method.Saturation, nothing.Message); }
        var ungraded = outputs is null ? $"{model.Name} says nothing of a sequence that gradients could be taken of."
            : target!.Exists ? null
            : $"{model.Name}: the architecture '{model.Backbone.GetName()}' takes no embeddings, or its head gives no number a sequence.";
        if (ungraded is not null)
        {
            Leave(Method.Gradient, ungraded);
            Leave(Method.Integrated, ungraded);
        }
        if (options.Class is { } name)
            named = (outputs ?? throw new UsageException($"--class {name}: {model.Name} says nothing of a sequence."))
                .Index(name, "--class");
        if (Probe() is { } blind)
        {
            Leave(Method.Rollout, blind);
            Leave(Method.Attention, blind);
        }
        if (methods.Count == 0)
            throw new UsageException($"{model.Name} serves none of the methods. {string.Join(" ", LeftOut.Distinct())}");
        Start = options.Baseline ?? Baselines.Usual(model.Tokenizer.Vocabulary);
    }

    /// <summary>Why methods are left out, a sentence each.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Where integrated gradients start.</summary>
    public Baseline Start { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns =>
        [.. methods.SelectMany(m => m == Method.Saturation ? (string[])["saturation_mean", "saturation_max"]
        : [m.ToString().ToLowerInvariant()])];

    /// <summary>The name of an output.</summary>
    public string OutputName(int target) => outputs?.Names[target] ?? "";

    /// <summary>One sequence.</summary>
    /// <param name="sample">Not longer than the model takes.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <param name="fixedTarget">What is attributed; the named one, or the one predicted, where null.</param>
    public Attributed Of(Sample sample, CancellationToken cancellation, int? fixedTarget = null)
    {
        var columns = new Dictionary<string, float[]>();
        var (of, gap) = (fixedTarget ?? named ?? 0, float.NaN);
        foreach (var made in model.Batches(new ListedSource(sample),
            new() { BatchTokens = options.BatchTokens, TokensOnly = outputs is null }))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            if (outputs is not null && fixedTarget is null && named is null)
            {
                var said = outputs.Read(made)[0].Values;
                of = Array.IndexOf(said, said.Max());
            }
            var (batch, spans) = (made.Batch, made.Batch.Encodings[0].Spans);
            float[] Spread(float[] tokens) => BaseSpread.Mean(spans, tokens, sample.Sequence.Length);
            var gradients = target is null ? null : new EmbeddingGradients(model, target);
            if (methods.Contains(Method.Gradient)) columns["gradient"] = Spread(gradients!.TimesInput(batch, [of])[0]);
            if (methods.Contains(Method.Integrated))
            {
                var (values, gaps) = gradients!.Integrated(batch, [of], Start, options.Steps, cancellation);
                (columns["integrated"], gap) = (Spread(values[0]), gaps[0]);
            }
            if (methods.Contains(Method.Rollout)) columns["rollout"] = Spread(new AttentionRollout(model).Of(batch)![0]);
            if (methods.Contains(Method.Attention)) columns["attention"] = Spread(new AttentionScores(model).Of(batch)[0]);
        }
        if (methods.Contains(Method.Saturation))
        {
            var effects = scorer!.Of(sample, Mutation.Of(sample.Sequence, deletions: false), _ => { }, cancellation);
            columns["saturation_mean"] = effects.Mean(of);
            columns["saturation_max"] = [.. effects.Largest(of).Select(Math.Abs)];
        }
        return new(sample, of, columns, gap);
    }

    private string? Probe()
    {
        if (!methods.Contains(Method.Rollout) && !methods.Contains(Method.Attention)) return null;
        foreach (var made in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = outputs is null }))
        {
            if (made.Batch.Encodings.Count == 0) return $"{model.Name}: its objective edits tokens, so attention has no bases.";
            if (new AttentionRollout(model).Of(made.Batch) is null)
                return $"{model.Name}: its architecture '{model.Backbone.GetName()}' shows no attention of a whole sequence's tokens.";
        }
        return null;
    }

    private void Leave(Method method, string? why)
    {
        if (methods.Remove(method)) LeftOut.Add($"{method.ToString().ToLowerInvariant()} is left out: {why}");
    }
}
