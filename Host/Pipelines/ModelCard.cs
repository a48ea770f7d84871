using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Pipelines;

/// <summary>What a model folder says about itself beside <c>config.json</c>: how to build the same model, and how it was scored.</summary>
public sealed record ModelCard
{
    /// <summary>The file that marks a model folder.</summary>
    public const string FileName = "pluginhost.json";

    /// <summary>The weights.</summary>
    public const string WeightsName = "model.safetensors";

    /// <summary>The folder of adapters that are not merged.</summary>
    public const string AdapterName = "adapter";

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

    /// <summary>The plugin of each part, which loading holds to; null in folders of before it was noted.</summary>
    public IReadOnlyList<PartPlugin>? Parts { get; init; }

    /// <summary>For a model that was not trained here: the published layout it was read as, and the files with their SHA-256.</summary>
    public JsonNode? Imported { get; init; }

    /// <summary>The same with the plugins that its parts come from now.</summary>
    public ModelCard WithParts(IComponentFactory components) => this with { Parts = PartPlugins.Of(this, components) };

    /// <summary>Finds the model folder a user means: the folder itself, or the <c>model/</c> of a run folder.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string Find(string path)
    {
        foreach (var candidate in (string[])[path, Path.Combine(path, RunFiles.Model)])
            if (File.Exists(Path.Combine(candidate, FileName))) return Path.GetFullPath(candidate);
        if (File.Exists(Path.Combine(path, RunFiles.Pipeline)))
            throw new DataException($"'{path}' is a run folder without a model: no stage of its run has trained one to the end. Go on "
                + $"with: host run --resume {path}.");
        throw new DataException(ForeignFolder.Explain(path, "a model folder")
            ?? $"There is no model in '{path}': it has no {FileName}. Give the model/ folder that 'host run' left, or its run folder.");
    }

    /// <summary>Checks that a model folder is as it was written.</summary>
    /// <exception cref="DataException">A file of it is missing or damaged.</exception>
    public static void RequireWhole(string folder)
    {
        if (SealedFolder.Verify(folder) is { } broken)
            throw new DataException(
                $"The model folder '{folder}' is not whole: {broken}. Copy it again from the run that made it, or write "
                + "it again there with: host run --resume FOLDER");
    }

    /// <summary>Reads what a model folder says about itself.</summary>
    /// <exception cref="DataException">The file is malformed or of a newer layout.</exception>
    public static ModelCard Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(
                SmallFile.ReadBytes(path, TextLimits.Settings, "the description of a model"), Json.Indented)
                ?? throw new DataException($"'{path}' says nothing. Copy the model folder again.");
            if (card.Heads is null || card.Heads.Values.Any(h => h is null)
                || card.Parts?.Any(p => p?.Name is null || p.Plugin is null) == true
                || card.Tokenizer is null || card.Architecture is null || card.Objective is null)
                throw new DataException($"'{path}' lacks a part of the model. Copy the model folder again.");
            return card.Format == 1 ? card
                : throw new DataException($"'{path}' has layout {card.Format}; this host knows layout 1. Use a newer host.");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidCastException or ArgumentException)
        {
            throw new DataException($"'{path}' cannot be read: {failure.Message} Copy the model folder again.", failure);
        }
    }
}
