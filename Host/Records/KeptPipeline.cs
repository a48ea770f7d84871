using System.Text.Json.Nodes;

namespace PluginHost.Host.Records;

/// <summary>
/// The pipeline that a run was started with, as its folder keeps it to be gone on with: sealed, and its checksum in <c>run.json</c> too.
/// </summary>
public static class KeptPipeline
{
    /// <summary>The field of <c>run.json</c>.</summary>
    internal const string SumField = "pipeline_sha256";

    private const string PutBack = "Name the pipeline the run was started with again (--resume FOLDER --pipeline FILE), put a copy of this "
        + "file back (the run's model/ folder holds one), or start a new run with --output.";

    /// <summary>Reads it.</summary>
    /// <param name="file">A <c>pipeline.resolved.yaml</c>, or one that a folder of several runs holds.</param>
    /// <exception cref="DataException">It is damaged.</exception>
    public static string Read(string file) => Reading(file).Whole(file, PutBack);

    /// <summary>Whether it is damaged.</summary>
    public static bool IsDamaged(string file) => Reading(file).Damage is not null;

    /// <summary>Writes a lost one again from the pipeline named now, if <c>run.json</c> says that it is the same.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="resolvedPipeline">The pipeline named now.</param>
    /// <returns>Whether it was written.</returns>
    public static bool Mend(string run, string resolvedPipeline)
    {
        if (StartedWith(run) != SealedText.Sum(resolvedPipeline)) return false;
        SealedText.WriteYaml(Path.Combine(run, RunFiles.Pipeline), resolvedPipeline);
        return true;
    }

    // One that lost its own checksum, by being cut off for example, is known by that in run.json.
    private static SealedReading<string> Reading(string file)
    {
        var reading = SealedText.ReadYaml(file);
        return reading is { Content: { } text, IsSealed: false } && StartedWith(Path.GetDirectoryName(file)!) is { } sum
            && sum != SealedText.Sum(text) ? new(null, $"it is not what {RunFiles.Run} has the checksum of", false) : reading;
    }

    private static string? StartedWith(string run) =>
        SealedText.ReadJson(Path.Combine(run, RunFiles.Run)).Content?[SumField] is JsonValue sum
        && sum.TryGetValue<string>(out var text) ? text : null;
}
