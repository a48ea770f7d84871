using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>Heads that a stage or an earlier run trained: what a new stage's heads may go on with.</summary>
public sealed record TrainedHeads
{
    /// <summary>Who has them, for the user.</summary>
    public required string Name { get; init; }

    /// <summary>The component that is their objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Names of the objective's outputs.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The heads themselves, of a stage; none of a model folder.</summary>
    public IReadOnlyCollection<Head> Heads { get; init; } = [];

    /// <summary>What they were built from, by role.</summary>
    public required IReadOnlyDictionary<string, ComponentSpec> Specs { get; init; }

    /// <summary>Shapes of all weights by their published names.</summary>
    public required IReadOnlyDictionary<string, long[]> Shapes { get; init; }

    /// <summary>Copies weights of these names, as they are then, into tensors.</summary>
    public required Action<IReadOnlyList<(string Name, Tensor Tensor)>> Fill { get; init; }

    /// <summary>Those of a stage of the same pipeline.</summary>
    public static TrainedHeads Of(string stage, TaskModel model, ComponentSpec objectiveSpec, IObjective objective)
    {
        var names = model.HeadState().ToDictionary(w => w.Name, w => w.Tensor.shape);
        return new()
        {
            Name = $"stage '{stage}'", Objective = objectiveSpec.Use, Outputs = objective.Card.OutputNames, Specs = model.HeadSpecs,
            Heads = [.. model.Heads.Values], Shapes = names,
            // Looked up then: moving a model to a device may replace its tensors.
            Fill = wanted =>
            {
                using var noGradients = no_grad();
                var trained = model.HeadState().ToDictionary(w => w.Name, w => w.Tensor);
                foreach (var (name, tensor) in wanted) tensor.copy_(trained[name]);
            },
        };
    }

    /// <summary>Those of a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="written">What the pipeline calls it.</param>
    /// <exception cref="DataException">Its files are broken.</exception>
    public static TrainedHeads Of(string folder, string written)
    {
        var card = ModelCard.Read(folder);
        var weights = Path.Combine(folder, ModelCard.WeightsName);
        using var file = SafetensorsFile.Open(weights);
        return new()
        {
            Name = $"'{written}'", Objective = card.Objective.Use, Outputs = OutputsOf(folder), Specs = card.Heads,
            Shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape),
            Fill = wanted => Weights.Load(weights, wanted),
        };
    }

    private static IReadOnlyList<string> OutputsOf(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) return [];
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path))?["id2label"] is JsonObject names ? [.. names.Select(n => $"{n.Value}")] : [];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new DataException($"'{path}' cannot be read: {failure.Message} Copy the model folder again.", failure);
        }
    }
}
