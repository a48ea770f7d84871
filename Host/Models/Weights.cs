using PluginHost.Checkpoints;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>Fills a model with weights from a safetensors file.</summary>
public static class Weights
{
    /// <summary>Loads every weight of the model by its published name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">On any device; keeps its element types.</param>
    /// <param name="except">Names of weights that are left as they are.</param>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    public static void Load(string path, TaskModel model, IReadOnlyCollection<string>? except = null)
    {
        using var file = SafetensorsFile.Open(path);
        Fill(path, file, [.. model.State().Where(weight => except?.Contains(weight.Name) != true)]);
    }

    /// <summary>Loads the backbone of a model folder with any heads; adapters that are not merged are added to its weights.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="backbone">On the CPU; keeps its element types.</param>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    public static void LoadBackbone(string folder, Backbone backbone)
    {
        var path = Path.Combine(folder, ModelCard.WeightsName);
        var model = new TaskModel(backbone, new Dictionary<string, Head>(), new Dictionary<string, ComponentSpec>());
        using (var file = SafetensorsFile.Open(path)) Fill(path, file, model.State());
        var adapter = Path.Combine(folder, ModelCard.AdapterName);
        if (!AdapterFolder.IsAt(adapter)) return;
        AdapterFolder.Load(adapter, model);
        model.Adapters!.Merge();
    }

    /// <summary>Loads the named weights, all of which the file must have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">Names and where they go.</param>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    public static void Load(string path, IReadOnlyList<(string Name, Tensor Tensor)> state)
    {
        using var file = SafetensorsFile.Open(path);
        Fill(path, file, state);
    }

    /// <summary>Compares names and shapes with those of a file.</summary>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    internal static void CheckShapes(string path, SafetensorsFile file, IReadOnlyList<(string Name, Tensor Tensor)> state)
    {
        var shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape);
        foreach (var (name, tensor) in state)
        {
            if (!shapes.TryGetValue(name, out var shape))
                throw new DataException(
                    $"'{path}' has no weight '{name}', which the model needs. It was written for another architecture or other heads.");
            if (!shape.SequenceEqual(tensor.shape))
                throw new DataException($"'{path}': weight '{name}' has shape [{string.Join(", ", shape)}] but the model needs "
                    + $"[{string.Join(", ", tensor.shape)}]. Use the options the model was trained with.");
        }
    }

    private static void Fill(string path, SafetensorsFile file, IReadOnlyList<(string Name, Tensor Tensor)> state)
    {
        using var noGradients = no_grad();
        CheckShapes(path, file, state);
        foreach (var (name, tensor) in state)
        {
            using var scope = NewDisposeScope();
            var read = file.Read(name);
            FiniteWeights.Check(read, path, name, "Train it again, or use a copy from before they were damaged.");
            tensor.copy_(read);
        }
    }
}
