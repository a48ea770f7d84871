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

    /// <summary>
    /// Loads the newest checkpoint that is whole, and whose best step is, into model and optimizer. Those after it are removed: what they
    /// held is trained again, to the same bits.
    /// </summary>
    /// <param name="model">Takes the weights.</param>
    /// <param name="optimizer">Takes the moments.</param>
    /// <param name="handsOnBest">Whether the stage may hand on the weights of a checkpoint's best step.</param>
    /// <param name="warn">Told of every checkpoint that is passed over, and why.</param>
    /// <returns>Its state, or null when the stage has none.</returns>
    /// <exception cref="DataException">Best weights are broken, and there is nothing before them to go back to.</exception>
    public TrainState? Restore(TaskModel model, Optimizer optimizer, bool handsOnBest, Action<string> warn)
    {
        SealedFolder.Clean(folder);
        var from = Newest(handsOnBest, out var passed);
        foreach (var (step, why) in passed)
        {
            warn($"Checkpoint {PathOf(step)} {why}; it is removed, and the run goes on from "
                + (from is { } known ? $"the one before it, of step {known.Step:N0}." : "the beginning of the stage."));
            Directory.Delete(PathOf(step), recursive: true);
        }
        if (from is not { } state) return null;
        Weights.Load(Path.Combine(PathOf(state.Step), WeightsFile), model);
        using var file = SafetensorsFile.Open(Path.Combine(PathOf(state.Step), OptimizerFile));
        optimizer.Load(file);
        return state;
    }

    /// <summary>Checks that <see cref="Restore"/> will find something to go on from, or nothing at all.</summary>
    /// <inheritdoc cref="Restore"/>
    public void RequireWayBack(bool handsOnBest) => Newest(handsOnBest, out _);

    /// <summary>Loads the weights of a checkpoint.</summary>
    /// <exception cref="DataException">It is broken.</exception>
    public void LoadWeights(long step, TaskModel model)
    {
        if (Damage(step) is { } broken)
            throw new DataException($"Checkpoint {PathOf(step)}, whose weights are to be handed on, is broken ({broken}). Check the disk, "
                + "then go on with --resume: the run goes back to a checkpoint before it.");
        Weights.Load(Path.Combine(PathOf(step), WeightsFile), model);
    }

    private TrainState? Newest(bool handsOnBest, out IReadOnlyList<(long Step, string Why)> passed)
    {
        var over = new List<(long Step, string Why)>();
        passed = over;
        (long Step, string Damage)? lost = null;
        foreach (var step in Steps().Reverse())
        {
            if (Damage(step) is { } broken)
            {
                over.Add((step, $"is broken ({broken})"));
                continue;
            }
            var state = ReadState(step);
            if (!handsOnBest || state.BestStep < 0 || state.BestStep == step || Damage(state.BestStep) is not { } best) return state;
            lost ??= (state.BestStep, best);
            over.Add((step, $"speaks of the weights of step {state.BestStep:N0} as best on dev, and these are broken ({best})"));
        }
        if (lost is { } of)
            throw new DataException(
                $"Checkpoint {PathOf(of.Step)}, whose weights were best on dev, is broken ({of.Damage}), and there is no "
                + $"whole one before it. Put a copy of it back, or delete '{folder}' to train the stage from its beginning.");
        return null;
    }

    /// <summary>What is wrong with a checkpoint, in a few words; null when it is whole.</summary>
    private string? Damage(long step) => SealedFolder.Verify(PathOf(step))
        ?? (ReadState(step).Step is var own && own != step ? $"it is that of step {own:N0}" : null);

    private TrainState ReadState(long step) =>
        JsonSerializer.Deserialize<TrainState>(File.ReadAllBytes(Path.Combine(PathOf(step), StateFile)), Json.Indented)!;

    // A checkpoint's best weights must outlive it: a run resumed from it may hand them on.
    private void Prune()
    {
        var steps = Steps();
        var newest = steps.TakeLast(keep).ToList();
        var needed = newest.Concat(newest.Select(BestOf)).ToHashSet();
        foreach (var step in steps.Where(s => !needed.Contains(s))) Directory.Delete(PathOf(step), recursive: true);
    }

    // A state that cannot be read is found broken by whoever restores from it; saving goes on.
    private long BestOf(long step)
    {
        try { return ReadState(step).BestStep; }
        catch (Exception failure) when (failure is JsonException or IOException) { return -1; }
    }
}
