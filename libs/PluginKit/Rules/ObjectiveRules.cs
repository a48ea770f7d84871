using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>What the contract asks of objectives, rule by rule.</summary>
internal static class ObjectiveRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        var samples = subject.Samples();
        var model = Model(subject, samples);
        yield return new("roles", () => Require(
            model.Objective.Heads.Select(h => h.Name).Distinct().Count() == model.Objective.Heads.Count, "two roles have the same name."));
        yield return new("columns", () =>
        {
            foreach (var mode in Enum.GetValues<CollateMode>()) ObjectiveChecks.WritesExactly(model, samples, mode);
        });
        yield return new("same seed, same batch", () => ObjectiveChecks.SameSeedSameBatch(model, samples));
        yield return new("collate at once", () => AtOnce(model, samples));
        yield return new("token count", () => CountsTokens(model, samples));
        yield return new("loss", () => ObjectiveChecks.CountsAgree(model, samples));
        yield return new("widths of scores", () => ObjectiveChecks.ScoresFit(model, samples));
        yield return new("prediction", () => ObjectiveChecks.WithoutLabels(model, [.. samples.Select(s => new Sample(s.Id, s.Sequence)
            {
                Fields = model.Tokenizer.SampleFields,
            })]));
        yield return new("gradients", () => Gradients(model, samples));
    }

    private static ModelUnderTest Model(Subject subject, IReadOnlyList<Sample> samples)
    {
        var model = new ModelUnderTest(subject.Bench, Fitted(subject, samples));
        model.Train(false);
        // Whether these samples are for it at all.
        model.Collate(samples).Dispose();
        return model;
    }

    /// <summary>The objective, with what follows from the samples, as the host makes it.</summary>
    private static IObjective Fitted(Subject subject, IReadOnlyList<Sample> samples)
    {
        var objective = subject.Build<IObjective>();
        if (objective is not IFittedObjective fitted) return objective;
        var options = new Dictionary<string, object?>(fitted.Fit(samples), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in subject.Example.Options) options[name] = value;
        return (IObjective)subject.Bench.Build(subject.Offer, options);
    }

    /// <summary>Batches that are made at once equal those made one after the other.</summary>
    private static void AtOnce(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        var together = new Batch[8];
        Parallel.For(0, together.Length, i => together[i] = model.Collate(samples, seed: (ulong)i));
        for (var i = 0; i < together.Length; i++)
            using (together[i])
            {
                using var alone = model.Collate(samples, seed: (ulong)i);
                foreach (var key in alone.Columns)
                    Require(alone[key].shape.SequenceEqual(together[i][key].shape) && Same(alone[key], together[i][key]),
                        $"'{key.Name}' is another when several batches are made at once.");
            }
    }

    /// <summary>As <c>equal</c>, but two values that are not numbers agree.</summary>
    internal static bool Same(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        var equal = one.equal(other);
        if (one.dtype is ScalarType.Float32 or ScalarType.Float64) equal = equal.logical_or(one.isnan().logical_and(other.isnan()));
        return equal.all().item<bool>();
    }

    private static void CountsTokens(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        var context = new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue);
        foreach (var sample in samples)
        {
            using var batch = model.Collate([sample], CollateMode.Evaluate);
            var counted = model.Objective.CountTokens(sample, model.Tokenizer, context);
            Require(counted >= batch.Axis("T"),
                $"CountTokens says {counted} for '{sample.Sequence}', but its batch has {batch.Axis("T")}: batches would not fit memory.");
        }
    }

    private static void Gradients(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var batch = model.Collate(samples);
        var loss = model.Loss(batch);
        Require(float.IsFinite(loss.to_type(ScalarType.Float32).item<float>()), "the loss of a training batch is not finite.");
        Require(loss.requires_grad, "the loss depends on no parameter: something detaches it, or computes without gradients.");
        loss.backward();
        foreach (var (role, head) in model.Heads)
        {
            var trained = head.named_parameters().Where(p => p.parameter.requires_grad).ToList();
            Require(trained.Count == 0 || trained.Any(p => p.parameter.grad is not null),
                $"the loss does not reach the head of role '{role}'.");
        }
        Require(model.Backbone.named_parameters().Any(p => p.parameter.grad is not null), "the loss does not reach the architecture.");
    }
}
