using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Adapters;

namespace PluginHost.Host.Runs;

/// <summary>What a model folder says about itself beside <c>config.json</c>: how to build the same model, and how it was scored.</summary>
public sealed record ModelCard
{
    /// <summary>Version of this file's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Name of the pipeline it came from.</summary>
    public required string Name { get; init; }

    /// <summary>Stage that trained it last.</summary>
    public required string Stage { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary><c>tokenizer:</c> of the pipeline.</summary>
    public required ComponentSpec Tokenizer { get; init; }

    /// <summary><c>architecture:</c> of the pipeline.</summary>
    public required ComponentSpec Architecture { get; init; }

    /// <summary>The stage's <c>objective:</c>.</summary>
    public required ComponentSpec Objective { get; init; }

    /// <summary>Heads by role.</summary>
    public required IReadOnlyDictionary<string, ComponentSpec> Heads { get; init; }

    /// <summary>Number format it was scored in: fp32 or bf16.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Padded tokens of a scored batch; 0 means go by <see cref="BatchSize"/>. Equal batches give equal bits.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Samples of a scored batch when there is no token budget.</summary>
    public required int BatchSize { get; init; }

    /// <summary>What happens to a sequence longer than the model.</summary>
    public TooLong TooLong { get; init; }

    /// <summary>Versions and SHA-256 of the plugins it was built with, as <c>run.json</c> has them.</summary>
    public JsonNode? Plugins { get; init; }

    /// <summary>For a model that was not trained here: the published layout it was read as, and the files with their SHA-256.</summary>
    public JsonNode? Imported { get; init; }
}

/// <summary>
/// A trained model that stands on its own: <c>config.json</c>, <c>model.safetensors</c>, the tokenizer's files,
/// <c>pluginhost.json</c> and the resolved pipeline; with low-rank adapters that are not merged, <c>adapter/</c> and the
/// weights as they are without them.
/// </summary>
public static class ModelFolder
{
    /// <summary>The file that marks a model folder.</summary>
    public const string CardName = "pluginhost.json";

    /// <summary>The weights.</summary>
    public const string WeightsName = "model.safetensors";

    /// <summary>The folder of adapters that are not merged.</summary>
    public const string AdapterName = "adapter";

    /// <summary>Writes a model folder, replacing an older one whole.</summary>
    public static void Save(string folder, ModelCard card, TaskModel model, IObjective objective, ITokenizer tokenizer, string resolvedPipeline) =>
        Save(folder, card, model, objective, tokenizer, resolvedPipeline, stream => SafetensorsFile.Write(stream, model.StateWithoutAdapters()));

    /// <summary>The same with weights that come from elsewhere than the model.</summary>
    public static void Save(
        string folder, ModelCard card, TaskModel model, IObjective objective, ITokenizer tokenizer, string resolvedPipeline, Action<Stream> writeWeights) =>
        SealedFolder.Write(folder, target =>
        {
            target.Add("config.json", Config(model, objective, tokenizer).ToJsonString(Json.Indented) + "\n");
            target.Add(CardName, JsonSerializer.Serialize(card, Json.Indented) + "\n");
            target.Add(WeightsName, writeWeights);
            if (model.Adapters is not null) AdapterFolder.Add(target, model, AdapterName);
            target.Add("pipeline.resolved.yaml", resolvedPipeline);
            foreach (var file in tokenizer.Save(target.Folder)) target.AddWritten(file);
        });

    /// <summary>Writes the adapters of a model apart from it: a few megabytes that any copy of the base model can be used with.</summary>
    public static void SaveAdapter(string folder, ModelCard card, TaskModel model, string resolvedPipeline) =>
        SealedFolder.Write(folder, target =>
        {
            AdapterFolder.Add(target, model);
            target.Add(CardName, JsonSerializer.Serialize(card, Json.Indented) + "\n");
            target.Add("pipeline.resolved.yaml", resolvedPipeline);
        });

    /// <summary>Finds the model folder a person means: the folder itself, or the <c>model/</c> of a run folder.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string Find(string path)
    {
        foreach (var candidate in (string[])[path, Path.Combine(path, "model")])
            if (File.Exists(Path.Combine(candidate, CardName))) return Path.GetFullPath(candidate);
        throw new DataException($"There is no model in '{path}': it has no {CardName}. Give the model/ folder that 'host run' left, or its run folder.");
    }

    /// <summary>Reads what a model folder says about itself.</summary>
    /// <exception cref="DataException">The file is malformed or of a newer layout.</exception>
    public static ModelCard ReadCard(string folder)
    {
        var path = Path.Combine(folder, CardName);
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(path), Json.Indented)!;
            return card.Format == 1 ? card : throw new DataException($"'{path}' has layout {card.Format}; this host knows layout 1. Use a newer host.");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataException($"'{path}' cannot be read: {failure.Message} Copy the model folder again.", failure);
        }
    }

    private static JsonObject Config(TaskModel model, IObjective objective, ITokenizer tokenizer) => Config(model.Backbone.Configuration, model, objective, tokenizer);

    /// <summary>A <c>config.json</c>: the architecture's fields, then what tokenizer and objective add.</summary>
    public static JsonObject Config(IReadOnlyDictionary<string, object> configuration, TaskModel model, IObjective objective, ITokenizer tokenizer)
    {
        var config = new JsonObject();
        foreach (var (name, value) in configuration) config[name] = JsonSerializer.SerializeToNode(value, Json.Indented);
        config.TryAdd("vocab_size", tokenizer.Vocabulary.Count);
        config.TryAdd("hidden_size", model.Backbone.HiddenSize);
        if (tokenizer.Vocabulary.Pad is { } pad) config.TryAdd("pad_token_id", pad);
        config.TryAdd("torch_dtype", "float32");
        if (objective.OutputNames.Count > 0)
        {
            config["id2label"] = new JsonObject(objective.OutputNames.Select((n, i) => KeyValuePair.Create(i.ToString(), (JsonNode?)n)));
            config["label2id"] = new JsonObject(objective.OutputNames.Select((n, i) => KeyValuePair.Create(n, (JsonNode?)i)));
        }
        return config;
    }
}
