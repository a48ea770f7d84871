using PluginHost.Host.Batches;
using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Models.Contracts;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Tuning;

namespace PluginHost.Host.Stages;

using static TorchSharp.torch;

/// <summary>
/// Pushes a few samples through every training stage, forward and backward, and holds each component to what it declares: what would be
/// wrong figures, or training that learns nothing, comes out before a folder is made.
/// </summary>
public static class ContractTrial
{
    // No other axis is often so short, so that axes that were swapped do not fit by chance.
    private const int Samples = 3;

    /// <summary>Tries the training stages.</summary>
    /// <returns>By stage: names of weights that the loss of these samples does not reach.</returns>
    /// <exception cref="PluginException">A component breaks its contract: names it and its plugin.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Run(IReadOnlyList<StageParts> stages, ITokenizer tokenizer,
        Device device, CancellationToken cancellation)
    {
        var unreached = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var parts in stages.Where(s => s.Trains))
        {
            cancellation.ThrowIfCancellationRequested();
            unreached[parts.Name] = Try(parts, tokenizer, device);
        }
        return unreached;
    }

    private static IReadOnlyList<string> Try(StageParts parts, ITokenizer tokenizer, Device device)
    {
        var (model, options) = (parts.Model, parts.Definition.Train);
        var recipe = BatchRecipe.Of(tokenizer, parts.Objective, model.MaxTokens, options);
        var compute = Compute.For(device, options.Precision);
        using var scope = NewDisposeScope();
        using var prepared = Few(parts, recipe);
        using (var again = Few(parts, recipe)) RequireSame(parts, prepared.Batch, again.Batch);
        model.To(device);
        // As it will be used: nothing is drawn, and nothing that a model counts while it trains is counted.
        model.Train(false);
        // Adapters are put on when the stage begins: which weights the loss reaches is looked at then.
        using var tuning = options.Tune == Tune.Lora ? null : TuningPlan.Of(model, options);
        var batch = compute.Place(prepared.Batch);
        var first = new FirstBatch(model, recipe, whole: true);
        Tensor loss;
        using (compute.Autocast()) loss = first.Loss(batch, TargetCounts.Sum([prepared.Batch]));
        try
        {
            loss.backward();
            if (float.IsFinite(loss.item<float>())) return options.Tune == Tune.Lora ? [] : first.Reached();
            using (compute.Autocast()) throw NotFiniteLoss.Explain(parts.Name, model, recipe, batch, loss.item<float>());
        }
        finally
        {
            foreach (var (_, parameter) in model.Parameters()) parameter.grad = null;
        }
    }

    /// <summary>What is made of the same samples with the same seed is the same, or no run could be repeated or resumed.</summary>
    private static void RequireSame(StageParts parts, Batch batch, Batch again)
    {
        foreach (var key in batch.Columns)
            if (!again.TryGet(key, out var other) || !IsSame(batch[key], other))
                throw Origins.Broken(parts.Objective, $"made a batch whose column '{key.Name}' is another when it is made again of the "
                    + "same samples with the same seed: it, its tokenizer or its source draws from elsewhere than the context it "
                    + "is given.");
    }

    private static bool IsSame(Tensor one, Tensor other) => one.shape.SequenceEqual(other.shape)
        && (one.numel() == 0 || Numbers(one).sub(Numbers(other)).abs().max().item<double>() == 0);

    private static Tensor Numbers(Tensor column) => column.to_type(ScalarType.Float64).nan_to_num();

    /// <summary>The first samples, as many as fit the budget of a batch; fewer where the tokens would be as many as the samples.</summary>
    private static PreparedBatch Few(StageParts parts, BatchRecipe recipe)
    {
        var samples = Enumerable.Range(0, (int)Math.Min(Samples, parts.Main.Count))
            .Select(i => SourceContract.Get(parts.Main, i, new SeededRandom(0, (ulong)i))).ToList();
        var longest = samples.Max(s => recipe.CountTokens(s, CollateMode.Train));
        var fitting = recipe.BatchTokens > 0 ? recipe.BatchTokens / Math.Max(1, longest) : recipe.BatchSize;
        var count = Math.Clamp(fitting, 1, samples.Count);
        if (count == longest && count > 1) count--;
        var indices = Enumerable.Range(0, count).Select(i => (long)i).ToArray();
        return recipe.Make(new PlannedBatch(default, indices, default, 0), samples[..count], CollateMode.Train, new SeededRandom(0),
            progress: 0);
    }
}
