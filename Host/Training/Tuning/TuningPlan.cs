using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using TorchSharp.Modules;

namespace PluginHost.Host.Training.Tuning;

/// <summary>Freezes and thaws the weights of a model while a stage trains it; gives them back as they were when disposed of.</summary>
public sealed class TuningPlan : IDisposable
{
    private readonly List<(string Name, Parameter Weight, int Level)> trained;
    private readonly List<Parameter> frozen;
    private readonly TrainOptions options;
    private readonly IReadOnlySet<nint>? used;
    private readonly int top;
    private readonly IReadOnlySet<nint> matrices;
    private readonly IReadOnlySet<nint> heads;
    private int lowest = int.MaxValue;

    private TuningPlan(
        TaskModel model, TrainOptions options, List<(string, Parameter, int)> trained, List<Parameter> frozen,
        IReadOnlySet<nint>? used, int top)
    {
        (this.options, this.trained, this.frozen, this.used, this.top) = (options, trained, frozen, used, top);
        matrices = LayerMatrices.Of(model.Backbone);
        heads = model.HeadState().Select(s => s.Tensor.Handle).ToHashSet();
        foreach (var weight in frozen) weight.requires_grad = false;
    }

    /// <summary>Plans what a stage trains.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="options">Says what to train and at which rates.</param>
    /// <param name="used">See <see cref="WeightLevels.Of"/>.</param>
    /// <exception cref="UsageException">There would be nothing to train.</exception>
    public static TuningPlan Of(TaskModel model, TrainOptions options, IReadOnlySet<nint>? used = null)
    {
        var levels = WeightLevels.Of(model, used);
        var all = model.Parameters().Select(p => (p.Name, p.Parameter, Level: levels[p.Parameter])).ToList();
        var chosen = Chosen(model, options.Tune) is { } handles ? all.Where(p => handles.Contains(p.Parameter.Handle)).ToList() : all;
        if (chosen.Count == 0)
            throw new UsageException($"train.tune: {options.Tune.ToString().ToLowerInvariant()} leaves nothing to train: the heads have no "
                + $"weights of their own. Use tune: full.");
        return new TuningPlan(model, options, chosen, [.. all.Except(chosen).Select(p => p.Parameter)], used, levels.Top);
    }

    /// <summary>How many numbers a stage trains.</summary>
    public static long Count(TaskModel model, Tune tune) => Chosen(model, tune) is { } handles
        ? model.Parameters().Where(p => handles.Contains(p.Parameter.Handle)).Sum(p => p.Parameter.NumberOfElements)
        : model.Parameters().Sum(p => p.Parameter.NumberOfElements);

    /// <summary>
    /// Everything that is trained sooner or later. Rates fall by <see cref="TrainOptions.LayerDecay"/> from level to level, the heads'
    /// being whole (Clark et al. 2020; Bao et al. 2022) and multiplied by <see cref="TrainOptions.HeadRate"/>.
    /// </summary>
    public IReadOnlyList<TrainedWeight> Trained => [.. trained.Select(t => new TrainedWeight(t.Name, t.Weight)
    {
        RateFactor = Math.Pow(options.LayerDecay, top - t.Level) * (heads.Contains(t.Weight.Handle) ? options.HeadRate : 1),
        IsLayerMatrix = matrices.Contains(t.Weight.Handle),
    })];

    /// <summary>Numbers that are trained sooner or later.</summary>
    public long TrainedNumbers => trained.Where(t => IsReached(t.Weight)).Sum(t => t.Weight.NumberOfElements);

    /// <summary>Freezes and thaws for a step: a function of where training stands alone, so that a resumed run does the same.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="totalSteps">Steps of the stage.</param>
    /// <param name="epoch">Epochs seen.</param>
    /// <returns>A sentence when more is trained than at the step before, else null.</returns>
    public string? Apply(long step, long totalSteps, double epoch)
    {
        if (options.Tune != Tune.Gradual) return null;
        var now = LowestLevel(step, totalSteps, epoch);
        if (now == lowest) return null;
        lowest = now;
        foreach (var (_, weight, level) in trained) weight.requires_grad = level >= now;
        var thawed = trained.Where(t => t.Level >= now && IsReached(t.Weight)).Sum(t => t.Weight.NumberOfElements);
        var what = now == top ? "the heads" : now == 0 ? "everything" : now == top - 1 ? "the heads and the top layer"
            : $"the heads and the top {top - now} layers";
        return FormattableString.Invariant($"trained from step {step + 1:N0} on: {what} ({thawed:N0} of {TrainedNumbers:N0} weights).");
    }

    /// <summary>The lowest level that is trained at a step of gradual unfreezing.</summary>
    public int LowestLevel(long step, long totalSteps, double epoch)
    {
        // Levels 0 to top - 1 thaw one group after another; the heads are there from the start.
        var groups = (top + options.UnfreezeLayers - 1) / options.UnfreezeLayers;
        var thawed = options.UnfreezeEvery > 0
            ? (long)Math.Floor(epoch / options.UnfreezeEvery + 1e-9)
            : step * (groups + 1) / Math.Max(1, totalSteps);
        return (int)Math.Max(0, top - Math.Min(thawed, groups) * options.UnfreezeLayers);
    }

    /// <summary>Thaws everything.</summary>
    public void Dispose()
    {
        foreach (var weight in frozen) weight.requires_grad = true;
        foreach (var (_, weight, _) in trained) weight.requires_grad = true;
    }

    private bool IsReached(Parameter weight) => used is null || used.Contains(weight.Handle);

    /// <summary>Handles of what is trained; null for everything.</summary>
    private static HashSet<nint>? Chosen(TaskModel model, Tune tune)
    {
        if (tune is Tune.Full or Tune.Gradual) return null;
        var chosen = model.HeadState().Select(s => s.Tensor.Handle).ToHashSet();
        if (tune == Tune.Lora) chosen.UnionWith(model.Adapters?.Weights().Select(w => w.Tensor.Handle) ?? []);
        return chosen;
    }
}
