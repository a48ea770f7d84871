using PluginHost.Host.Models;

namespace PluginHost.Host.Training.Tuning;

/// <summary>
/// How high each weight of a model lies: 0 below the first layer (embeddings), 1 to <see cref="Top"/> - 1 the layers,
/// bottom first, <see cref="Top"/> the heads. A weight between or above the layers (final norms, a pooler) goes with the
/// layer before it in the state's order.
/// </summary>
public sealed class WeightLevels
{
    private readonly Dictionary<nint, int> levels = [];

    private WeightLevels(int top) => Top = top;

    /// <summary>Level of the heads: one above the last layer.</summary>
    public int Top { get; }

    /// <summary>Level of a weight.</summary>
    public int this[TorchSharp.torch.Tensor weight] => levels[weight.Handle];

    /// <summary>Finds the levels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="used">
    /// Handles of the weights that training reaches, or null for all: layers without any (a decoder that a classifier does
    /// not run) are left out of the count and lie with the heads.
    /// </param>
    public static WeightLevels Of(TaskModel model, IReadOnlySet<nint>? used = null)
    {
        var layers = model.Backbone.Layers
            .Select(layer => layer.parameters().Select(p => p.Handle).ToHashSet())
            .ToList();
        var counted = layers.Where(handles => used is null || handles.Overlaps(used)).ToList();
        var result = new WeightLevels(counted.Count + 1);
        var level = 0;
        foreach (var tensor in model.Backbone.state_dict().Values)
        {
            if (layers.Find(handles => handles.Contains(tensor.Handle)) is { } home)
                level = counted.IndexOf(home) is var place and >= 0 ? place + 1 : result.Top;
            result.levels.TryAdd(tensor.Handle, level);
        }
        foreach (var (_, tensor) in model.State()) result.levels.TryAdd(tensor.Handle, result.Top);
        return result;
    }
}
