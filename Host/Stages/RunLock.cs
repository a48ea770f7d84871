using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;

namespace PluginHost.Host.Stages;

/// <summary><c>--locked</c> for pipelines: the plugins must be those of a record beside the pipeline, or of the starting model's.</summary>
internal static class RunLock
{
    /// <summary>Holds a pipeline to the record there is of it.</summary>
    /// <param name="pipeline">As it is run or checked.</param>
    /// <param name="components">Knows the plugins.</param>
    /// <exception cref="UsageException">There is no record.</exception>
    /// <exception cref="PluginException">A plugin is missing, or another.</exception>
    public static void Hold(PipelineDefinition pipeline, IComponentFactory components)
    {
        if (!components.IsLocked) return;
        var folder = Path.GetDirectoryName(pipeline.File)!;
        if (Path.GetFileName(pipeline.File) == RunFiles.Pipeline && Recorded(folder) is { } recorded) Hold(folder, recorded, components);
        // A starting model is held to its own record where it is opened.
        else if (pipeline.Start is null)
            throw new UsageException($"--locked: nothing records which plugins {pipeline.File} is to be run with. Give the "
                + $"{RunFiles.Pipeline} of a run, or of its model; or go on with a run by --resume.");
    }

    /// <summary>Holds to the record of a run or a model.</summary>
    /// <param name="folder">For messages.</param>
    /// <param name="recorded">What it says of plugins; null where it says nothing.</param>
    /// <param name="components">Knows the plugins.</param>
    /// <exception cref="PluginException">A plugin is missing or another, or the record says nothing.</exception>
    public static void Hold(string folder, JsonNode? recorded, IComponentFactory components)
    {
        IReadOnlyList<RecordedPlugin>? plugins;
        try { plugins = recorded?.Deserialize<List<RecordedPlugin>>(Json.Line); }
        catch (JsonException) { plugins = null; }
        if (plugins is not { Count: > 0 } || plugins.Any(p => p is not { Name: not null, Version: not null, Sha256: not null }))
            throw new PluginException($"--locked: '{folder}' does not say which plugins it was made with, or its record is damaged. Leave "
                + "--locked out.");
        PluginLock.Hold($"'{folder}'", plugins, components.Plugins);
    }

    private static JsonNode? Recorded(string folder) =>
        File.Exists(Path.Combine(folder, RunFiles.Run))
            ? SealedText.ReadJson(Path.Combine(folder, RunFiles.Run)).Content?["plugins"] ?? new JsonArray()
            : File.Exists(Path.Combine(folder, ModelCard.FileName)) ? ModelCard.Read(folder).Plugins ?? new JsonArray() : null;
}
