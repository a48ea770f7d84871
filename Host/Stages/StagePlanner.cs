using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Stages;

/// <summary>Builds the components of every stage and opens its data before anything is written, so that mistakes come out first.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="components">Builds components.</param>
/// <param name="context">The pipeline's own build context; its backbone is made here.</param>
public sealed class StagePlanner(PipelineDefinition pipeline, IComponentFactory components, PipelineBuildContext context)
{
    private readonly Dictionary<ComponentSpec, IDataSource> opened = new(ReferenceEqualityComparer.Instance);

    /// <summary>The stages in order.</summary>
    /// <exception cref="UsageException">Components do not fit together.</exception>
    /// <exception cref="DataException">Data is missing, empty or malformed.</exception>
    public IReadOnlyList<StageParts> Plan()
    {
        var start = PipelineBuildContext.StartOf(pipeline);
        if (start is not null)
        {
            ModelCard.RequireWhole(start);
            DeclaredShapes.Check(Path.Combine(start, ModelCard.WeightsName), () => new TaskModel(
                context.WithFreshBackbone().Backbone, new Dictionary<string, Head>(), new Dictionary<string, ComponentSpec>()));
        }
        ModelBuilder.MakeBackbone(context, pipeline.Seed);
        List<StageParts> stages = [];
        // Nearest first: what a new head may go on with.
        List<TrainedHeads> earlier = [];
        if (start is not null)
        {
            Weights.LoadBackbone(start, context.Backbone);
            earlier.Add(TrainedHeads.Of(start, pipeline.Start!));
        }
        StageParts? trained = null;
        foreach (var definition in pipeline.Stages)
        {
            var parts = Build(definition, trained);
            if (parts.Trains)
            {
                parts = parts with { Carried = CarriedHeads.Plan(parts.Model, parts.ObjectiveSpec, parts.Objective, earlier) };
                earlier.Insert(0, TrainedHeads.Of(parts.Name, parts.Model, parts.ObjectiveSpec, parts.Objective));
                trained = parts;
            }
            stages.Add(parts);
        }
        WiringCheck.CheckRoles(pipeline, stages.Select(s => s.Objective));
        return stages;
    }

    /// <summary>A stage's model with the weights a run without pretraining would start from.</summary>
    public static TaskModel FromScratch(StageParts parts, PipelineDefinition pipeline, PipelineBuildContext context)
    {
        var fresh = context.WithFreshBackbone();
        ModelBuilder.MakeBackbone(fresh, pipeline.Seed);
        return ModelBuilder.Build(parts.Definition, parts.Objective, parts.ObjectiveSpec, parts.HeadSpecs, pipeline, fresh,
            continued: null);
    }

    private StageParts Build(StageDefinition definition, StageParts? trained)
    {
        var trains = definition.Kind is StageKind.Pretrain or StageKind.Finetune;
        if (trained is null && !trains)
            throw new UsageException($"{definition.Origin}: there is no training stage before '{definition.Name}'. Add one, or use 'host "
                + $"{definition.Kind.ToString().ToLowerInvariant()}' with a trained model folder.");
        if (definition.Tool is { } tool)
            return trained! with { Definition = definition, Tool = context.Build<ITool>(tool), Dev = null, Source = trained! };
        var data = definition.Data is { } spec ? Open(spec) : trained!.Data;
        var split = trains ? Split.Train : definition.Split;
        var main = data.Open(split) ?? throw NoSplit(definition, split);
        if (main.Count == 0)
            throw new DataException(
                $"{definition.Origin}: the {Name(split)} split of its data is empty. Give a file with sequences, or smaller windows.");
        var (objectiveSpec, objective, fits) = definition.Objective is { } own
            ? Fitted(own, trains ? main : trained!.Main)
            : (trained!.ObjectiveSpec, trained.Objective, null);
        var choice = new HeadChoice(pipeline.Heads, context.Tokenizer.Asks, context.Backbone);
        var heads = choice.For(objective);
        if (!trains && heads.Keys.FirstOrDefault(role => !trained!.HeadSpecs.ContainsKey(role)) is { } missing)
            throw new UsageException($"{definition.Origin}: objective '{objectiveSpec.Use}' needs a head for its role '{missing}', which "
                + $"stage '{trained!.Name}' did not train. Use the objective that was trained.");
        if (trains) CheckTuning(definition);
        var metrics = definition.Metrics.Count > 0 ? definition.Metrics : [.. objective.Card.Metrics.Select(m => new ComponentSpec(m))];
        return new StageParts
        {
            Definition = definition, Data = data, Main = main, Dev = trains && data.Open(Split.Dev) is { Count: > 0 } dev ? dev : null,
            Objective = objective, ObjectiveSpec = objectiveSpec, HeadSpecs = heads,
            Decided = [.. fits?.Notes ?? [], .. trains ? choice.Notes : []], Odd = fits?.Warnings ?? [],
            Model = trains ? ModelBuilder.Build(definition, objective, objectiveSpec, heads, pipeline, context,
                Continued(definition, trained)) : trained!.Model,
            Optimizer = trains ? context.Build<IOptimizerFactory>(definition.Train.Optimizer!) : trained!.Optimizer,
            Schedule = trains ? context.Build<ISchedule>(definition.Train.Schedule!) : trained!.Schedule,
            Metrics = new MetricFactory(metrics, components, context), Source = trains ? null! : trained!,
        };
    }

    /// <summary>Between pretraining stages, heads that are built alike go on with their weights.</summary>
    private static TaskModel? Continued(StageDefinition definition, StageParts? before) =>
        definition.Kind == StageKind.Pretrain && before?.Definition.Kind == StageKind.Pretrain ? before.Model : null;

    private void CheckTuning(StageDefinition definition)
    {
        if (definition.Train.GoesByLayers && context.Backbone.Layers.Count == 0)
            throw new UsageException($"{definition.Origin}: tune: gradual and layerDecay go by layers, and the architecture "
                + $"'{pipeline.Architecture.Use}' names none. Use tune: full, head or lora, without layerDecay.");
        if (definition.Train.Lora is not { } lora) return;
        try { LoraTargets.Find(context.Backbone, lora); }
        catch (UsageException failure) { throw new UsageException($"{definition.Origin}: {failure.Message}", failure); }
    }

    /// <summary>
    /// An objective with the options that follow from its training split written out, so that a model folder needs nothing else.
    /// </summary>
    private (ComponentSpec Spec, IObjective Objective, IFittedObjective? Fits) Fitted(ComponentSpec spec, ISampleSource train)
    {
        var objective = context.Build<IObjective>(spec);
        if (objective is not IFittedObjective fits) return (spec, objective, null);
        var found = fits.Fit(Samples(train));
        if (found.Count == 0) return (spec, objective, fits);
        var names = new HashSet<string>(found.Keys, StringComparer.OrdinalIgnoreCase);
        spec = spec with { With = spec.With.Where(o => !names.Contains(o.Key)).Concat(found).ToDictionary(o => o.Key, o => o.Value) };
        return (spec, context.Build<IObjective>(spec), fits);
    }

    private IEnumerable<Sample> Samples(ISampleSource source)
    {
        for (var i = 0L; i < source.Count; i++) yield return SourceContract.Get(source, i, new SeededRandom(pipeline.Seed, (ulong)i));
    }

    private IDataSource Open(ComponentSpec spec)
    {
        if (!opened.TryGetValue(spec, out var data)) opened[spec] = data = context.Build<IDataSource>(spec);
        return data;
    }

    private static DataException NoSplit(StageDefinition definition, Split split) => new(
        $"{definition.Origin}: its data has no {Name(split)} split. Name the files of that split, or hold records out for it.");

    private static string Name(Split split) => split.ToString().ToLowerInvariant();
}
