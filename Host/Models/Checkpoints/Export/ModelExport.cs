using System.Text.Json;
using PluginHost.Checkpoints;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Torch;

namespace PluginHost.Host.Models.Checkpoints.Export;

/// <summary>Writes a model folder as a folder in the Hugging Face layout.</summary>
/// <param name="components">Builds the model's parts.</param>
/// <param name="view">What the user sees.</param>
public sealed class ModelExport(IComponentFactory components, IRunView view)
{
    /// <summary>Exports.</summary>
    /// <param name="model">A model folder, or a run folder that holds one.</param>
    /// <param name="output">The folder to make.</param>
    /// <param name="cancellation">Ends it; nothing stays behind.</param>
    /// <param name="force">Whether a folder that an export made is replaced.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="DataException">There is no whole model.</exception>
    /// <exception cref="UsageException">The architecture offers no such layout, or the output folder is taken.</exception>
    public int Run(string model, string output, CancellationToken cancellation, bool force = false)
    {
        var folder = ModelCard.Find(model);
        output = OutputFolder.Check(output, force, SealedFolder.Files, folder);
        ModelCard.RequireWhole(folder);
        var card = PartPlugins.Pin(ModelCard.Read(folder), folder, components, view.Warn);
        var context = new PipelineBuildContext(components, card.Tokenizer, card.Architecture, PathSearch.Inside(folder), folder);
        var tokenizer = context.Tokenizer;
        // Only names, shapes and options of the model are asked for.
        if (Skeleton.Build(() => context.Backbone) is not IExportable architecture)
            throw new UsageException(
                $"The architecture '{card.Architecture.Use}' offers no Hugging Face layout; its model folder is read by this host alone.");
        var objective = context.Build<IObjective>(card.Objective);
        var heads = Skeleton.Build(() => card.Heads.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)));
        var task = new TaskModel(context.Backbone, heads, card.Heads);
        ExportedModel exported = null!;
        SealedFolder.Write(output, target =>
        {
            var files = SavedTokenizer.Add(target, tokenizer, task.Backbone.Shape.MaxTokens);
            exported = architecture.Export(new ExportedParts(tokenizer, files, task.Heads, card.Heads, objective.Card));
            var units = HeadUnits.Of(task, objective.Card);
            var hasAdapter = AdapterFolder.IsAt(Path.Combine(folder, ModelCard.AdapterName));
            if (hasAdapter && (units is not null || exported.Renamed.Count > 0))
                throw new DataException(
                    $"The head of '{folder}' must be changed for other programs, and its low-rank adapters hold another "
                    + "copy of it. Make one model of both first: host merge, and export that.");
            var config = ModelFolder.Config(exported.Configuration, task, objective, tokenizer);
            if (objective.Card.ProblemType is { } kind) config.TryAdd("problem_type", kind);
            target.Add("config.json", config.ToJsonString(Json.Indented) + "\n");
            target.Add(ModelCard.WeightsName, stream => WriteWeights(folder, stream, exported, units, cancellation));
            if (hasAdapter) AdapterFolder.Copy(folder, target);
            var record = ExportRecord.Of(card, exported.Layout, target.Digest(ModelCard.WeightsName), files) with
            {
                Folded = units,
                HasAdapter = hasAdapter,
            };
            target.Add(ExportRecord.FileName, JsonSerializer.Serialize(record, Json.Indented) + "\n");
            target.Add("README.md", new PublishedCard(card, exported, config, task.State().Sum(s => s.Tensor.NumberOfElements), folder)
                .Text(target.Folder));
        });
        foreach (var note in exported.Notes) view.Warn(note);
        if (AdapterFolder.IsAt(Path.Combine(folder, ModelCard.AdapterName)))
            view.Say("The model has low-rank adapters: adapter/ holds them in PEFT's layout, model.safetensors the weights without them. "
                + "For one model without adapters, export what 'host merge' writes.");
        view.Say($"Exported: {output}");
        return ExitCodes.Done;
    }

    /// <summary>The weights under their published names; bit for bit those of the model but for a head that takes in its units.</summary>
    private static void WriteWeights(string folder, Stream target, ExportedModel exported, HeadUnits? units, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, ModelCard.WeightsName);
        using var file = SafetensorsFile.Open(path);
        SafetensorsFile.Write(target, file.Entries.Select(e => new SafetensorsPart(
            exported.Renamed.GetValueOrDefault(e.Name, e.Name), SafetensorsFile.TypeOf(e.Type)!.Value, e.Shape, () =>
            {
                cancellation.ThrowIfCancellationRequested();
                var read = file.Read(e.Name);
                FiniteWeights.Check(read, path, e.Name, "Train it again, or export a copy from before they were damaged.");
                return units?.Fold(e.Name, read) ?? read;
            })));
    }
}
