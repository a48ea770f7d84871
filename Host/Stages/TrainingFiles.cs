using System.Text.Json.Nodes;
using PluginHost.Host.Foundation;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

/// <summary>
/// The files that training samples came from, by content: noted in <c>run.json</c>, so that who scores a model on one of them later is
/// told.
/// </summary>
public static class TrainingFiles
{
    /// <summary>Key of <c>run.json</c>: the SHA-256 of each.</summary>
    public const string Key = "trained_on";

    // A split of one file has its name in the first sample; of several, within so many.
    private const int SamplesRead = 100_000;

    /// <summary>Those of a data set's files that samples say they come from: a split has its own, or shares one with others.</summary>
    /// <param name="files">Full paths.</param>
    /// <param name="samples">In order.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> files, IEnumerable<Sample> samples)
    {
        var names = samples.Take(SamplesRead).Select(s => s.Origin.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(f => names.Contains(Path.GetFileName(f)))];
    }

    /// <summary>
    /// Those of some files that the run of a model was trained on, as they were then; none where there is no record of it.
    /// </summary>
    /// <exception cref="DataException">The record is damaged.</exception>
    /// <param name="model">The model folder, in its run folder.</param>
    /// <param name="files">Full paths.</param>
    public static IReadOnlyList<string> Among(string model, IReadOnlyList<string> files)
    {
        var record = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(model))) ?? "", RunFiles.Run);
        // A model folder that lies elsewhere has no run; where there is a run, its record has been lost.
        if (!File.Exists(record) && !File.Exists(Path.Combine(Path.GetDirectoryName(record)!, RunFiles.Pipeline))) return [];
        var run = SealedText.ReadJson(record).Whole(record, "Whether the model was trained on this data cannot be told without it. Put a "
            + "copy of it back, write it anew with host run --resume FOLDER, or score a copy of the model folder alone.");
        if (run is not JsonObject of || of[Key] is not JsonArray hashes) return [];
        var known = hashes.OfType<JsonValue>().Select(h => h.TryGetValue<string>(out var hash) ? hash : "").ToHashSet();
        return [.. files.Where(f => File.Exists(f) && DataFingerprint.Of(f).Sha256 is { } hash && known.Contains(hash))];
    }

    /// <summary>What it means, as a sentence; nothing where there are none.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="files">What <see cref="Among"/> found.</param>
    public static IEnumerable<string> Sentences(string model, IReadOnlyList<string> files)
    {
        if (files.Count > 0)
            yield return $"{model}: {Overlap.Mark}: the model was trained on {string.Join(", ", files.Select(DataFile.Show))} (the same "
                + "SHA-256 in the run's record), so the figures say little of new sequences.";
    }
}
