using System.Globalization;
using System.Text.Json;
using PluginHost.Checkpoints;
using PluginHost.Host.Models;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>
/// The checkpoints of one stage: <c>checkpoints/STAGE/step-N/</c> with weights, optimizer moments and state, each whole or absent.
/// </summary>
/// <param name="folder">Where they go.</param>
/// <param name="keep">How many are kept beside those best on dev.</param>
public sealed class CheckpointStore(string folder, int keep)
{
    private const string Prefix = "step-", OptimizerFile = "optimizer.safetensors", StateFile = "state.json";

    /// <summary>The weights, in a checkpoint folder.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The folder of a step's checkpoint.</summary>
    public string PathOf(long step) => Path.Combine(folder, Prefix + step.ToString("D9", CultureInfo.InvariantCulture));

    /// <summary>Steps that have a checkpoint folder, whole or not, ascending.</summary>
    public IReadOnlyList<long> Steps() => !Directory.Exists(folder) ? [] :
        [.. Directory.GetDirectories(folder, Prefix + "*").Select(d => Path.GetFileName(d)[Prefix.Length..])
            .Where(s => long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(s => long.Parse(s, CultureInfo.InvariantCulture)).Order()];

    /// <summary>Writes a checkpoint, then removes those no longer needed.</summary>
    /// <exception cref="ResourceException">No space, or not writable; older checkpoints stay.</exception>
    public void Save(TrainState state, TaskModel model, Optimizer optimizer)
    {
        Disk.Guard(folder, () => Directory.CreateDirectory(folder));
        SealedFolder.Write(PathOf(state.Step), target =>
        {
            target.Add(WeightsFile, stream => SafetensorsFile.Write(stream, model.State()));
            // Copies that an optimizer makes for this are freed with the scope.
            using (NewDisposeScope()) target.Add(OptimizerFile, stream => SafetensorsFile.Write(stream, optimizer.State()));
            target.Add(StateFile, JsonSerializer.Serialize(state, Json.Indented) + "\n");
        });
        Prune();
    }

    /// <summary>Loads the newest whole checkpoint into model and optimizer.</summary>
    /// <param name="model">Takes the weights.</param>
    /// <param name="optimizer">Takes the moments.</param>
    /// <param name="warn">Told of every checkpoint that is passed over, and why.</param>
    /// <returns>Its state, or null when the stage has none.</returns>
    public TrainState? Restore(TaskModel model, Optimizer optimizer, Action<string> warn)
    {
        SealedFolder.Clean(folder);
        foreach (var step in Steps().Reverse())
        {
            if (SealedFolder.Verify(PathOf(step)) is { } broken)
            {
                warn($"Checkpoint {PathOf(step)} is broken ({broken}); it is removed, and the run goes on from the one before it.");
                Directory.Delete(PathOf(step), recursive: true);
                continue;
            }
            var state = ReadState(step);
            LoadWeights(step, model);
            using var file = SafetensorsFile.Open(Path.Combine(PathOf(step), OptimizerFile));
            optimizer.Load(file);
            return state;
        }
        return null;
    }

    /// <summary>Loads the weights of a checkpoint.</summary>
    public void LoadWeights(long step, TaskModel model) => Weights.Load(Path.Combine(PathOf(step), WeightsFile), model);

    private TrainState ReadState(long step) =>
        JsonSerializer.Deserialize<TrainState>(File.ReadAllBytes(Path.Combine(PathOf(step), StateFile)), Json.Indented)!;

    // A checkpoint's best weights must outlive it: a run resumed from it may hand them on.
    private void Prune()
    {
        var steps = Steps();
        var newest = steps.TakeLast(keep).ToList();
        var needed = newest.Concat(newest.Where(s => File.Exists(Path.Combine(PathOf(s), StateFile))).Select(s => ReadState(s).BestStep))
            .ToHashSet();
        foreach (var step in steps.Where(s => !needed.Contains(s))) Directory.Delete(PathOf(step), recursive: true);
    }
}
