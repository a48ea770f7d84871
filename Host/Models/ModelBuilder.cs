using System.Text.Json;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>Builds models with random weights that are a function of the run's seed, the stage and the role alone.</summary>
public static class ModelBuilder
{
    /// <summary>Makes a context's backbone with the run's own initial weights, whichever context it is.</summary>
    public static void MakeBackbone(PipelineBuildContext context, ulong runSeed)
    {
        _ = context.Tokenizer;
        manual_seed(RandomStreams.Torch(RandomStreams.Seed(runSeed, "initial/backbone"), 0));
        _ = context.Backbone;
    }

    /// <summary>Builds the heads of a stage on a context's backbone and checks the wiring.</summary>
    /// <param name="definition">The stage.</param>
    /// <param name="objective">Its objective.</param>
    /// <param name="objectiveSpec">What that was built from.</param>
    /// <param name="headSpecs">What heads are built from, by role.</param>
    /// <param name="pipeline">Names the components, for messages.</param>
    /// <param name="context">Holds tokenizer and backbone.</param>
    /// <param name="before">The training stage before: between pretraining stages, heads built alike go on with their weights.</param>
    public static TaskModel Build(
        StageDefinition definition, IObjective objective, ComponentSpec objectiveSpec, IReadOnlyDictionary<string, ComponentSpec> headSpecs,
        PipelineDefinition pipeline, PipelineBuildContext context, StageParts? before)
    {
        Dictionary<string, Head> heads = [];
        foreach (var (role, spec) in headSpecs)
        {
            if (before is not null && GoesOn(before, definition, role, spec))
            {
                heads[role] = before.Model.Heads[role];
                continue;
            }
            manual_seed(RandomStreams.Torch(RandomStreams.Seed(pipeline.Seed, $"initial/{definition.Name}/{role}"), 0));
            heads[role] = context.Build<Head>(spec);
        }
        WiringCheck.Check(new Wiring(
            definition.Origin, new(pipeline.Tokenizer.Use, context.Tokenizer), new(pipeline.Architecture.Use, context.Backbone),
            new(objectiveSpec.Use, objective), heads.ToDictionary(h => h.Key, h => new Part<Head>(headSpecs[h.Key].Use, h.Value))));
        return new TaskModel(context.Backbone, heads, headSpecs);
    }

    /// <summary>The same stage's model with the weights a run without pretraining would start from.</summary>
    public static TaskModel FromScratch(StageParts parts, PipelineDefinition pipeline, PipelineBuildContext context)
    {
        var fresh = context.WithFreshBackbone();
        MakeBackbone(fresh, pipeline.Seed);
        return Build(parts.Definition, parts.Objective, parts.ObjectiveSpec, parts.HeadSpecs, pipeline, fresh, before: null);
    }

    private static bool GoesOn(StageParts before, StageDefinition next, string role, ComponentSpec spec) =>
        before.Definition.Kind == StageKind.Pretrain && next.Kind == StageKind.Pretrain
        && before.HeadSpecs.TryGetValue(role, out var old)
        && JsonSerializer.Serialize(old, Json.Line) == JsonSerializer.Serialize(spec, Json.Line);
}
