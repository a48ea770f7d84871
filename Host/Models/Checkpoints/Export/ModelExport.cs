using PluginHost.Checkpoints;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Torch;

namespace PluginHost.Host.Models.Checkpoints.Export;

/// <summary>Writes a model folder as a folder in the Hugging Face layout. The weights are copied, not recomputed.</summary>
/// <param name="components">Builds the model's parts.</param>
/// <param name="view">What the user sees.</param>
public sealed class ModelExport(IComponentFactory components, IRunView view)
{
    /// <summary>Exports.</summary>
    /// <param name="model">A model folder, or a run folder that holds one.</param>
    /// <param name="output">The folder to make.</param>
    /// <param name="cancellation">Ends it; nothing stays behind.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="DataException">There is no whole model.</exception>
    /// <exception cref="UsageException">The architecture offers no such layout, or the output folder is taken.</exception>
    public int Run(string model, string output, CancellationToken cancellation)
    {
        var folder = ModelCard.Find(model);
        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
            throw new UsageException($"'{output}' exists already; give --output a folder that does not.");
        ModelCard.RequireWhole(folder);
        var card = ModelCard.Read(folder);
        var context = new PipelineBuildContext(components, card.Tokenizer, card.Architecture, PathSearch.WorkingDirectory, folder);
        var tokenizer = context.Tokenizer;
        // Only names, shapes and options of the model are asked for.
        if (Skeleton.Build(() => context.Backbone) is not IExportable architecture)
            throw new UsageException(
                $"The architecture '{card.Architecture.Use}' offers no Hugging Face layout; its model folder is read by this host alone.");
        var objective = context.Build<IObjective>(card.Objective);
        var heads = Skeleton.Build(() => card.Heads.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)));
        var task = new TaskModel(context.Backbone, heads, card.Heads);
        var exported = architecture.Export(new ExportedParts(tokenizer, task.Heads, objective.Card.OutputNames));
        SealedFolder.Write(output, target =>
        {
            var config = ModelFolder.Config(exported.Configuration, task, objective, tokenizer);
            target.Add("config.json", config.ToJsonString(Json.Indented) + "\n");
            target.Add(ModelCard.WeightsName, stream => Copy(Path.Combine(folder, ModelCard.WeightsName), stream, cancellation));
            foreach (var file in tokenizer.Save(target.Folder)) target.AddWritten(file);
            foreach (var file in AdapterFiles(folder))
            {
                Directory.CreateDirectory(Path.Combine(target.Folder, ModelCard.AdapterName));
                target.Add(file, stream => Copy(Path.Combine(folder, file), stream, cancellation));
            }
            target.Add("README.md", new PublishedCard(card, exported, config, task.State().Sum(s => s.Tensor.NumberOfElements), folder)
                .Text(target.Folder));
        });
        foreach (var note in exported.Notes) view.Warn(note);
        if (AdapterFolder.IsAt(Path.Combine(folder, ModelCard.AdapterName)))
            view.Say("The model has low-rank adapters: adapter/ holds them in PEFT's layout, model.safetensors the weights without them. "
                + "For one model without adapters, export what 'host merge' writes.");
        view.Say($"Exported: {Path.GetFullPath(output)}");
        return ExitCodes.Done;
    }

    /// <summary>The adapter as training saved it, which is PEFT's layout already.</summary>
    private static IEnumerable<string> AdapterFiles(string folder) =>
        ((string[])[AdapterFolder.ConfigName, AdapterFolder.WeightsName]).Select(f => Path.Combine(ModelCard.AdapterName, f))
            .Where(f => File.Exists(Path.Combine(folder, f)));

    private static void Copy(string file, Stream target, CancellationToken cancellation)
    {
        using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            target.Write(buffer.AsSpan(0, read));
        }
    }
}
