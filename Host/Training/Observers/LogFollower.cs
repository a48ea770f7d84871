using System.Text.Json;
using PluginHost.Host.Records;

namespace PluginHost.Host.Training.Observers;

/// <summary>Reads the lines of a log that were not read before, up to where the log counts.</summary>
/// <param name="path">A file of JSON lines that another hand in this process adds to.</param>
internal sealed class LogFollower(string path)
{
    private long read;

    /// <summary>The lines between what was read before and an offset.</summary>
    public IReadOnlyList<LogLine> Next(long end)
    {
        if (end <= read) return [];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = read;
        var bytes = new byte[end - read];
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        read = end;
        var lines = System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(Parse).OfType<LogLine>().Where(l => l.IsWhole)];
    }

    // Damage to the log is told of when the run is resumed; nobody hears of the lines it took.
    private static LogLine? Parse(string line)
    {
        try { return JsonSerializer.Deserialize<LogLine>(line, Json.Line); }
        catch (JsonException) { return null; }
    }
}

/// <summary>A line of <c>metrics.jsonl</c> or <c>timings.jsonl</c>; what it lacks is null.</summary>
internal sealed record LogLine(
    string Stage, long? Step, double? Epoch, double? Loss, double? LearningRate, double? GradientNorm,
    string? Split, long? Samples, IReadOnlyDictionary<string, double>? Metrics, double? Seconds, double? TokensPerSecond)
{
    /// <summary>Whether it has what every line of its kind has.</summary>
    public bool IsWhole => Stage is not null && (Seconds is not null && Loss is null
        || (Metrics is not null ? Split is not null : (Step, Epoch, Loss, LearningRate, GradientNorm) is
            ({ }, { }, { }, { }, { })));
}
