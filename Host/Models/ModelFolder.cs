using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;

namespace PluginHost.Host.Models;

/// <summary>
/// A trained model that stands on its own: <c>config.json</c>, <c>model.safetensors</c>, the tokenizer's files,
/// <c>pluginhost.json</c> and the resolved pipeline; with low-rank adapters that are not merged, <c>adapter/</c> and the
/// weights as they are without them.
/// </summary>
public static class ModelFolder
{
    /// <summary>Writes a model folder, replacing an older one whole.</summary>
    public static void Save(string folder, ModelCard card, TaskModel model, IObjective objective, ITokenizer tokenizer,
        string resolvedPipeline) =>
        Save(folder, card, model, objective, tokenizer, resolvedPipeline, stream =>
            SafetensorsFile.Write(stream, model.StateWithoutAdapters()));

    /// <summary>The same with weights that come from elsewhere than the model, and perhaps files beside them.</summary>
    public static void Save(
        string folder, ModelCard card, TaskModel model, IObjective objective, ITokenizer tokenizer, string resolvedPipeline,
            Action<Stream> writeWeights, Action<SealedFolderWriter>? addMore = null) =>
        SealedFolder.Write(folder, target =>
        {
            target.Add("config.json", Config(model, objective, tokenizer).ToJsonString(Json.Indented) + "\n");
            target.Add(ModelCard.FileName, JsonSerializer.Serialize(card, Json.Indented) + "\n");
            target.Add(ModelCard.WeightsName, writeWeights);
            if (model.Adapters is not null) AdapterFolder.Add(target, model, ModelCard.AdapterName);
            target.Add(RunFiles.Pipeline, resolvedPipeline);
            SavedTokenizer.Add(target, tokenizer, model.Backbone.Shape.MaxTokens);
            addMore?.Invoke(target);
        });

    /// <summary>Writes the adapters of a model apart from it: a few megabytes that any copy of the base model can be used with.</summary>
    public static void SaveAdapter(string folder, ModelCard card, TaskModel model, string resolvedPipeline) =>
        SealedFolder.Write(folder, target =>
        {
            AdapterFolder.Add(target, model);
            target.Add(ModelCard.FileName, JsonSerializer.Serialize(card, Json.Indented) + "\n");
            target.Add(RunFiles.Pipeline, resolvedPipeline);
        });

    private static JsonObject Config(TaskModel model, IObjective objective, ITokenizer tokenizer) =>
        Config(model.Backbone.Configuration, model, objective, tokenizer);

    /// <summary>A <c>config.json</c>: the architecture's fields, then what tokenizer and objective add.</summary>
    public static JsonObject Config(IReadOnlyDictionary<string, object> configuration, TaskModel model, IObjective objective,
        ITokenizer tokenizer)
    {
        var config = new JsonObject();
        foreach (var (name, value) in configuration) config[name] = JsonSerializer.SerializeToNode(value, Json.Indented);
        config.TryAdd("vocab_size", tokenizer.Vocabulary.Count);
        config.TryAdd("hidden_size", model.Backbone.Shape.HiddenSize);
        if (tokenizer.Vocabulary.Pad is { } pad) config.TryAdd("pad_token_id", pad);
        config.TryAdd("torch_dtype", "float32");
        if (objective.Card.OutputNames.Count > 0)
        {
            config["num_labels"] = objective.Card.OutputNames.Count;
            config["id2label"] =
                new JsonObject(objective.Card.OutputNames.Select((n, i) => KeyValuePair.Create(i.ToString(), (JsonNode?)n)));
            config["label2id"] = new JsonObject(objective.Card.OutputNames.Select((n, i) => KeyValuePair.Create(n, (JsonNode?)i)));
        }
        return config;
    }
}
