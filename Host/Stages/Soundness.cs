using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Training;

namespace PluginHost.Host.Stages;

/// <summary>What the data of a pipeline allows its figures to say: known before anything is trained.</summary>
/// <param name="Overlaps">By stage: training samples among those it chooses on or scores.</param>
/// <param name="Blind">By finetune stage: why the figure it selects by can choose no model on its dev split.</param>
public sealed record Soundness(IReadOnlyDictionary<string, Overlap> Overlaps, IReadOnlyDictionary<string, string> Blind)
{
    /// <summary>Nothing amiss.</summary>
    public static Soundness Whole { get; } = new(new Dictionary<string, Overlap>(), new Dictionary<string, string>());

    /// <summary>Reads every labelled row of a pipeline.</summary>
    /// <exception cref="DataException">A row lacks what scoring needs.</exception>
    public static Soundness Of(PipelineDefinition pipeline, PipelineBuildContext context, IReadOnlyList<StageParts> stages,
        CancellationToken cancellation)
    {
        Preflight.CheckLabels(stages, cancellation);
        return new(HeldOut.Look(stages, cancellation), Preflight.Blind(stages, context.Tokenizer, pipeline.Seed, cancellation));
    }

    /// <summary>Whether figures are to be believed: none is on nothing but training samples.</summary>
    public bool IsSound => !Overlaps.Values.Any(o => o.IsTotal);

    /// <summary>Tells the user, with what fitting the objectives found.</summary>
    public void Tell(IReadOnlyList<StageParts> stages, IRunView view)
    {
        foreach (var note in stages.SelectMany(s => s.Decided.Select(n => $"{s.Name}: {n}")).Distinct()) view.Say(note);
        foreach (var odd in stages.SelectMany(s => s.Odd.Select(o => $"{s.Name}: {o}")).Distinct()) view.Warn(odd);
        foreach (var (stage, overlap) in Overlaps) view.Warn(overlap.Sentence(stage) + (overlap.IsTotal ? " " + Remedy : ""));
        foreach (var parts in stages)
            if (Blind.TryGetValue(parts.Name, out var why))
                view.Warn($"{parts.Name}: {parts.SelectBy} cannot choose a model on dev: {why}. The best weights and patience "
                    + "will go by the "
                    + $"{TrainJob.Fallback} on dev; give dev samples that differ, or name another figure in train.selectBy.");
    }

    /// <summary>What to do about figures of which nothing is held out.</summary>
    public const string Remedy = "Give files of other samples, or hold some out (devShare, testShare); if this is meant, write "
        + "'heldOut: none' in the stage.";
}
