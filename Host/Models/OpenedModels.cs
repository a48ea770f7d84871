using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Libs.Files;
using PluginHost.Torch;

namespace PluginHost.Host.Models;

/// <summary>The trained models that components of one run read beside the one it trains: <see cref="BuildContext.OpenModel"/>.</summary>
/// <param name="components">Builds them.</param>
/// <param name="device">The run's.</param>
/// <param name="warn">Is told what encoding lost.</param>
public sealed class OpenedModels(IComponentFactory components, string device, Action<string>? warn) : IDisposable
{
    private readonly Dictionary<string, Lazy<TrainedModel>> models = new(StringComparer.Ordinal);

    /// <summary>Their files: part of what a run is made with.</summary>
    public IEnumerable<string> Files => models.Keys.Order(StringComparer.Ordinal)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

    /// <summary>Their folders and the SHA-256 of their weights, as <c>run.json</c> has them.</summary>
    public IReadOnlyList<OpenedModel> Describe() => [.. models.Keys.Order(StringComparer.Ordinal)
        .Select(folder => new OpenedModel(folder, DataFingerprint.Of(Path.Combine(folder, ModelCard.WeightsName)).Sha256))];

    /// <summary>Finds a model; its weights are read when the value is first asked for.</summary>
    /// <param name="path">Full path of a run folder or a model folder.</param>
    /// <exception cref="DataException">There is no model, or a file of it is damaged.</exception>
    public Lazy<TrainedModel> Open(string path)
    {
        var folder = ModelCard.Find(path);
        if (models.TryGetValue(folder, out var known)) return known;
        ModelCard.RequireWhole(folder);
        return models[folder] = new(() => Load(folder));
    }

    /// <summary>Frees those that were read.</summary>
    public void Dispose()
    {
        foreach (var model in models.Values.Where(m => m.IsValueCreated)) model.Value.Dispose();
    }

    /// <summary>
    /// On a thread of its own, so that no dispose scope of the caller frees the weights; and with the run's generator put back, since
    /// modules draw initial weights: what a run draws must not depend on when a model was first asked for.
    /// </summary>
    private TrainedModel Load(string folder)
    {
        var draws = RandomState.Get();
        try
        {
            return Task.Factory.StartNew(() => LoadedModel.Load(folder, null, device, components, warn), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
        }
        finally
        {
            RandomState.Set(draws);
        }
    }
}

/// <summary>A model that a run read beside its own.</summary>
/// <param name="Path">Full path of its folder.</param>
/// <param name="Sha256">Of its weights; null for very large files.</param>
public sealed record OpenedModel(string Path, string? Sha256);
