using System.Text.Json;
using PluginHost.Host.Foundation;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;

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
    /// <param name="continued">The model whose heads go on where they are built alike; null for none.</param>
    public static TaskModel Build(
        StageDefinition definition, IObjective objective, ComponentSpec objectiveSpec, IReadOnlyDictionary<string, ComponentSpec> headSpecs,
        PipelineDefinition pipeline, PipelineBuildContext context, TaskModel? continued)
    {
        Dictionary<string, Head> heads = [];
        foreach (var (role, spec) in headSpecs)
        {
            if (continued is not null && IsAlike(continued, role, spec))
            {
                heads[role] = continued.Heads[role];
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

    private static bool IsAlike(TaskModel continued, string role, ComponentSpec spec) =>
        continued.HeadSpecs.TryGetValue(role, out var old)
            && JsonSerializer.Serialize(old, Json.Line) == JsonSerializer.Serialize(spec, Json.Line);
}
