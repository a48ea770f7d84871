using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models.Adapters;

using static TorchSharp.torch;

/// <summary>
/// Adapters as PEFT saves them: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> with
/// <c>base_model.model.LAYER.lora_A.weight</c>, <c>.lora_B.weight</c> and the heads trained beside them.
/// </summary>
public static class AdapterFolder
{
    /// <summary>The file that marks an adapter.</summary>
    public const string ConfigName = "adapter_config.json";

    /// <summary>The matrices and heads.</summary>
    public const string WeightsName = "adapter_model.safetensors";

    private const string Prefix = "base_model.model.";

    /// <summary>Adds both files to a folder.</summary>
    /// <param name="target">The folder being written.</param>
    /// <param name="model">Has adapters attached.</param>
    /// <param name="inside">A folder inside it, or nothing.</param>
    public static void Add(SealedFolderWriter target, TaskModel model, string inside = "")
    {
        var adapters = model.Adapters!;
        if (inside.Length > 0) Directory.CreateDirectory(Path.Combine(target.Folder, inside));
        var tensors = adapters.Weights().Concat(model.HeadState()).Select(w => (Prefix + w.Name, w.Tensor)).ToList();
        target.Add(Path.Combine(inside, ConfigName), Config(model, adapters).ToJsonString(Json.Indented) + "\n");
        target.Add(Path.Combine(inside, WeightsName), stream => SafetensorsFile.Write(stream, tensors));
        Disk.SyncFolder(Path.Combine(target.Folder, inside));
    }

    /// <summary>Copies the adapter of another folder into one that is being written.</summary>
    /// <param name="source">Holds it as <see cref="ModelCard.AdapterName"/>.</param>
    /// <param name="target">The folder being written.</param>
    /// <exception cref="DataException">Its files are missing or broken.</exception>
    public static void Copy(string source, SealedFolderWriter target)
    {
        var folder = Path.Combine(source, ModelCard.AdapterName);
        ReadConfig(folder);
        var weights = Path.Combine(folder, WeightsName);
        using (var file = SafetensorsFile.Open(weights))
            foreach (var entry in file.Entries)
            {
                using var read = file.Read(entry.Name);
                FiniteWeights.Check(read, weights, entry.Name, "Copy the adapter again.");
            }
        Directory.CreateDirectory(Path.Combine(target.Folder, ModelCard.AdapterName));
        foreach (var name in (string[])[ConfigName, WeightsName])
        {
            using var from = File.OpenRead(Path.Combine(folder, name));
            target.Add(Path.Combine(ModelCard.AdapterName, name), from.CopyTo);
        }
    }

    /// <summary>Whether a folder holds an adapter.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, ConfigName));

    /// <summary>Says that a folder holds none.</summary>
    public static DataException Missing(string folder) =>
        new($"There is no adapter in '{folder}': it has no {ConfigName}. Give the adapter/ folder that a run with tune: lora left.");

    /// <summary>Attaches a saved adapter to a model and fills in its matrices and the heads.</summary>
    /// <param name="folder">As written here or by PEFT.</param>
    /// <param name="model">The base, its heads built.</param>
    /// <exception cref="DataException">The files are broken, of another kind, or do not fit the model.</exception>
    public static void Load(string folder, TaskModel model)
    {
        var config = ReadConfig(folder);
        LoraAdapters adapters;
        try { adapters = LoraAdapters.Attach(model, config, seed: 0); }
        catch (UsageException failure)
        {
            throw new DataException($"The adapter '{folder}' does not fit the model: {failure.Message}",
            failure);
        }
        using var file = SafetensorsFile.Open(Path.Combine(folder, WeightsName));
        using var noGradients = no_grad();
        foreach (var (name, tensor) in adapters.Weights().Concat(model.HeadState())) Fill(tensor, file, Prefix + name, folder);
    }

    private static void Fill(Tensor tensor, SafetensorsFile file, string name, string folder)
    {
        if (!file.Contains(name))
            throw new DataException(
                $"The adapter '{folder}' has no weight '{name}'. It was trained for another architecture or other heads.");
        using var read = file.Read(name);
        if (!read.shape.SequenceEqual(tensor.shape))
            throw new DataException($"The adapter '{folder}': weight '{name}' has shape [{string.Join(", ", read.shape)}] but the model "
                + $"needs [{string.Join(", ", tensor.shape)}]. Use the base model it was trained on.");
        FiniteWeights.Check(read, Path.Combine(folder, WeightsName), name, "Train the adapter again, or copy it again.");
        tensor.copy_(read);
    }

    // Every field that PEFT's LoraConfig reads without a default, and those that say what these adapters are not.
    private static JsonObject Config(TaskModel model, LoraAdapters adapters) => new()
    {
        ["peft_type"] = "LORA",
        ["base_model_name_or_path"] = null,
        ["task_type"] = null,
        ["inference_mode"] = true,
        ["r"] = adapters.Options.Rank,
        ["lora_alpha"] = adapters.Options.Alpha,
        ["lora_dropout"] = adapters.Options.Dropout,
        ["target_modules"] = new JsonArray([.. adapters.Layers.Select(l => (JsonNode?)l)]),
        ["modules_to_save"] = new JsonArray(
            [.. model.Heads.Values.Select(h => h.StatePrefix).Distinct().Order(StringComparer.Ordinal).Select(p => (JsonNode?)p)]),
        ["bias"] = "none",
        ["fan_in_fan_out"] = false,
        ["init_lora_weights"] = true,
        ["use_rslora"] = false,
        ["use_dora"] = false,
    };

    private static LoraOptions ReadConfig(string folder)
    {
        var path = Path.Combine(folder, ConfigName);
        if (!File.Exists(path)) throw Missing(folder);
        try
        {
            var config = JsonNode.Parse(SmallFile.ReadBytes(path, TextLimits.Settings, "the description of adapters"))!.AsObject();
            if ((string?)config["peft_type"] is var kind && kind != "LORA")
                throw new DataException($"'{path}' is of type '{kind}'; only LORA adapters can be loaded.");
            foreach (var other in (string[])["use_rslora", "use_dora", "fan_in_fan_out"])
                if ((bool?)config[other] == true)
                    throw new DataException(
                        $"'{path}' has {other}: true, which is not supported. Merge that adapter with PEFT and load the merged model.");
            return new LoraOptions
            {
                Rank = (int)config["r"]!, Alpha = (double)config["lora_alpha"]!, Dropout = (double?)config["lora_dropout"] ?? 0,
                Targets = config["target_modules"] switch
                {
                    JsonArray list => [.. list.Select(t => (string)t!)],
                    JsonValue one => [(string)one!],
                    _ => throw new DataException($"'{path}' names no target_modules. Write the adapter again."),
                },
            };
        }
        catch (Exception failure) when (
            failure is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentNullException)
        {
            throw new DataException($"'{path}' cannot be read: {failure.Message} Copy the adapter again.", failure);
        }
    }
}
