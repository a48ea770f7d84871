using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>Names folders, and files in them, that are no published model but something that people take for one.</summary>
internal static class ForeignModelFolder
{
    /// <summary>Refuses what has a way of its own into this host.</summary>
    /// <param name="path">A file or folder that exists.</param>
    /// <exception cref="DataException">A model folder or run of this host, or an adapter without its base.</exception>
    public static void Check(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(path) && new[] { path, Path.Combine(path, "model") }.FirstOrDefault(IsModel) is { } model)
            throw new DataException($"'{path}' is a {(model == path ? "model folder" : "run folder")} of this host already and needs no "
                + $"import: use it with 'host predict {path} DATA', or as 'start: {path}' in a pipeline.");
        if (IsAdapter(path, folder))
            throw new DataException($"'{path}' is a PEFT adapter without its base model{Base(folder)}: it holds low-rank changes and no "
                + "weights of its own. Import the base model, then use both: host predict MODEL DATA --adapter "
                + $"{folder}, or host merge MODEL --adapter {folder} --output OTHER for one model.");
    }

    /// <summary>What stands in a folder in place of weights, in sentences; null for nothing that is known.</summary>
    public static string? InPlaceOfWeights(string folder)
    {
        var names = Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return "It is empty.";
        foreach (var name in names)
        {
            if (ForeignWeights.ByName(name) is { } what) return $"'{name}' is there: {char.ToLowerInvariant(what[0])}{what[1..]}";
            if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && ForeignWeights.Zip(Path.Combine(folder, name)) is { } zip)
                return $"'{name}' is there: {char.ToLowerInvariant(zip[0])}{zip[1..]}";
        }
        return Directory.GetDirectories(folder) is [var only] && Directory.EnumerateFiles(only).Any(f =>
            Path.GetExtension(f) is ".safetensors" or ".bin" or ".pt" or ".pth") ? $"Its folder '{Path.GetFileName(only)}' has: name that."
            : null;
    }

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, ModelCard.FileName));

    private static bool IsAdapter(string path, string folder) => Directory.Exists(path)
        ? AdapterFolder.IsAt(path) && !CheckpointFile.HasUsual(path)
        : Path.GetFileName(path).StartsWith("adapter_model.", StringComparison.Ordinal) && AdapterFolder.IsAt(folder);

    private static string Base(string folder)
    {
        try
        {
            var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, AdapterFolder.ConfigName)));
            return (string?)config?["base_model_name_or_path"] is { Length: > 0 } name ? $" ('{name}')" : "";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException) { return ""; }
    }
}
