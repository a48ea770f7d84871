using PluginHost.Host.Foundation;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Models.Adapters;

using static TorchSharp.torch;

/// <summary>The low-rank adapters of a model. While they are attached their matrices are part of its state.</summary>
public sealed class LoraAdapters
{
    private readonly TaskModel model;
    private readonly IReadOnlyList<LoraLayer> layers;

    private LoraAdapters(TaskModel model, LoraOptions options)
    {
        (this.model, Options) = (model, options);
        layers = [.. LoraTargets.Find(model.Backbone, options).Select(t => new LoraLayer(t.Name, t.Layer, options))];
    }

    /// <summary>What they were made with.</summary>
    public LoraOptions Options { get; }

    /// <summary>Published names of the layers.</summary>
    public IReadOnlyList<string> Layers => [.. layers.Select(l => l.Name)];

    /// <summary>Attaches fresh adapters to a model that has none.</summary>
    /// <param name="model">Its <see cref="TaskModel.Adapters"/> is set.</param>
    /// <param name="options">Which layers, and how.</param>
    /// <param name="seed">Fixes the initial values.</param>
    /// <exception cref="UsageException">A target names no layer.</exception>
    public static LoraAdapters Attach(TaskModel model, LoraOptions options, ulong seed)
    {
        manual_seed(RandomStreams.Torch(seed, 0));
        return model.Adapters = new LoraAdapters(model, options);
    }

    /// <summary>All matrices under their published names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Weights() => layers.SelectMany(l => l.Weights());

    /// <summary>Tells of layers that a forward pass did not come by.</summary>
    /// <returns>A sentence when it missed some, else null.</returns>
    /// <exception cref="UsageException">It missed all.</exception>
    public string? Missed()
    {
        var missed = layers.Where(l => !l.Ran).ToList();
        if (missed.Count == layers.Count)
            throw new UsageException(
                $"train.lora.targets: training runs none of the {layers.Count} named layers, {layers[0].Name} the first, so adapters on "
                    + "them would do nothing. " +
                "Name layers that this objective uses; the architecture must run them by 'call', not 'forward'.");
        return missed.Count == 0 ? null
            : $"{missed.Count} of {layers.Count} adapters are on layers that this objective does not run, {missed[0].Name} the first; they "
                + "stay without effect.";
    }

    /// <summary>Adds all products to the weights and takes the adapters away.</summary>
    public void Merge()
    {
        foreach (var layer in layers) layer.Merge();
        Remove();
    }

    /// <summary>Takes the adapters away; the weights are as they were without.</summary>
    public void Remove()
    {
        foreach (var layer in layers) layer.Remove();
        model.Adapters = null;
    }
}
