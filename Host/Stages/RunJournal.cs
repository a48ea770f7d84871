using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

/// <summary>Keeps <c>run.json</c>, and at the end <c>summary.json</c> and <c>report.html</c>.</summary>
public static class RunJournal
{
    private const string FolderSum = "folder_sha256";

    /// <summary>Notes what the run is made with. On resume compares it with what the run was started with.</summary>
    /// <exception cref="DataException">A data file changed since.</exception>
    /// <exception cref="PluginException">With <c>--locked</c>: a plugin changed since, or that can no longer be told.</exception>
    public static void Begin(RunSession session)
    {
        var (folder, pipeline) = (session.Folder, session.Pipeline);
        var data = session.Stages.SelectMany(s => s.Files).Concat(StartingFiles(pipeline))
            .Concat(session.Context.Models?.Files ?? []).Distinct().Order(StringComparer.Ordinal)
            .Select(DataFingerprint.Of).ToList();
        var plugins = RunFacts.Plugins(session.Components, Specs(session))
            .Select(p => new RecordedPlugin(p.Name, p.Version, p.Sha256, p.FolderSha256)).ToList();
        var hardware = RunFacts.Hardware(Compute.For(session.Device, session.Stages[0].Source.Definition.Train.Precision));
        if (folder.IsResumed && session.Components.IsLocked) RunLock.Hold(folder.Path, folder.Recorded("plugins"), session.Components);
        if (folder.IsResumed && folder.RecordDamage is { } damage)
            session.View.Warn($"'{folder.Of(RunFiles.Run)}' is damaged ({damage}); it is written anew"
                + $"{(folder.SetDamagedRecordAside() is { } kept ? $" and kept as {kept}" : "")}. Whether data, plugins or hardware "
                + "changed since the run was started can no longer be told.");
        else if (folder is { IsResumed: true, IsSealed: false })
            session.View.Say("The run was started by an earlier version, whose records carry no checksums: damage to those it wrote is "
                + "not noticed unless they cannot be read.");
        // A run that starts from another's stages is resumed without having been started.
        if (folder.IsResumed && folder.Recorded("started") is not null)
        {
            CompareData(folder, data);
            foreach (var (field, now) in ((string, object)[])[("plugins", plugins), ("hardware", hardware)])
                if (folder.Recorded(field)?.ToJsonString(Json.Line) is { } before
                    && before != Like(before, JsonSerializer.Serialize(now, Json.Line)))
                    session.View.Warn($"The {field} differ from those the run was started with{Changed(folder.Recorded(field), now)} (see "
                        + $"{RunFiles.Run}), so its figures may differ from an uninterrupted run's.");
            folder.Record(new Dictionary<string, object?>
            {
                ["status"] = "running", ["finished"] = null, ["failure"] = null, ["resumed"] = ((int?)folder.Recorded("resumed") ?? 0) + 1,
            });
            return;
        }
        folder.RecordPipeline(pipeline.ResolvedYaml);
        folder.Record(new Dictionary<string, object?>
        {
            ["status"] = "running",
            ["name"] = pipeline.Name,
            ["pipeline"] = pipeline.File,
            ["seed"] = pipeline.Seed,
            ["command"] = Environment.GetCommandLineArgs(),
            ["started"] = Now(),
            ["finished"] = null,
            ["failure"] = null,
            ["resumed"] = 0,
            ["host"] = RunFacts.HostVersion,
            ["precision"] = session.Stages.Where(s => s.Trains)
                .ToDictionary(s => s.Name, s => Compute.For(session.Device, s.Definition.Train.Precision).PrecisionName),
            ["parameters"] = session.Stages[^1].Model.Parameters().Sum(p => p.Parameter.NumberOfElements),
            ["plugins"] = plugins,
            ["data"] = data,
            ["models"] = session.Context.Models?.Describe() ?? [],
            [TrainingFiles.Key] = TrainedOn(session, data),
            ["hardware"] = hardware,
        });
    }

    /// <summary>Writes summary and report, and notes that the run is done.</summary>
    public static void Done(RunSession session)
    {
        session.Folder.RequireThere();
        RunSummary.Write(session.Folder.Path, session.Records, session.Conclusions);
        End(session, "done", null);
        Report.Write(session.Folder, session.Pipeline.Name, session.Records, session.Conclusions);
    }

    /// <summary>Notes how the run ended.</summary>
    public static void End(RunSession session, string status, string? failure) =>
        session.Folder.Record(new Dictionary<string, object?> { ["status"] = status, ["finished"] = Now(), ["failure"] = failure });

    /// <summary>Notes a failure. On a full disk even that may fail; the failure itself is what the user must hear of.</summary>
    public static void Failed(RunSession session, Exception failure, IRunView view)
    {
        if (!session.Folder.IsThere) return;
        try { End(session, "failed", Causes.Of(failure)); }
        catch (ResourceException unwritable) { view.Warn($"{RunFiles.Run} could not be brought up to date: {unwritable.Message}"); }
    }

    private static List<string> TrainedOn(RunSession session, IReadOnlyList<DataFingerprint> data)
    {
        var files = session.Stages.Where(s => s.Definition.Kind == StageKind.Finetune)
            .SelectMany(s => TrainingFiles.Of(s.Data.Files, TrainingSamples(s.Main))).ToHashSet(StringComparer.Ordinal);
        return [.. data.Where(d => files.Contains(d.Path)).Select(d => d.Sha256).OfType<string>()];
    }

    private static IEnumerable<Sample> TrainingSamples(ISampleSource train)
    {
        for (var i = 0L; i < train.Count; i++) yield return train.Get(i, new SeededRandom(0, (ulong)i));
    }

    private static void CompareData(RunFolder folder, IReadOnlyList<DataFingerprint> now)
    {
        var before = folder.Recorded("data")?.Deserialize<List<DataFingerprint>>(Json.Indented) ?? [];
        foreach (var file in now)
            if (before.Find(b => b.Path == file.Path) is { } old && !old.SameContent(file))
                throw new DataException($"'{file.Path}' changed since the run was started (see data in {RunFiles.Run}). Put the old file "
                    + "back, or start a new run.");
    }

    /// <summary>What is the case now, without the sums that earlier versions did not note.</summary>
    private static string Like(string before, string now) => before.Contains(FolderSum, StringComparison.Ordinal) ? now
        : Regex.Replace(now, $",\"{FolderSum}\":\"[0-9a-f]*\"", "");

    /// <summary>Which plugins: by name and version, and those of the same version that are another build.</summary>
    private static string Changed(JsonNode? before, object now)
    {
        if (before is not JsonArray earlier || JsonSerializer.SerializeToNode(now, Json.Line) is not JsonArray plugins) return "";
        var changed = plugins.OfType<JsonObject>().Select(p =>
        {
            var old = earlier.OfType<JsonObject>().FirstOrDefault(e => (string?)e["name"] == (string?)p["name"]);
            return old is null ? $"{p["name"]} {p["version"]} is new"
                : (string?)old["version"] != (string?)p["version"] ? $"{p["name"]} {p["version"]} was {old["version"]}"
                : (string?)old["sha256"] != (string?)p["sha256"] || (old[FolderSum] is { } sum && (string?)sum != (string?)p[FolderSum])
                    ? $"{p["name"]} {p["version"]} is another build" : null;
        }).OfType<string>().ToList();
        return changed.Count == 0 ? "" : $": {string.Join(", ", changed)}";
    }

    private static IEnumerable<string> StartingFiles(PipelineDefinition pipeline) =>
        PipelineBuildContext.StartOf(pipeline) is not { } start ? []
            : Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static IEnumerable<ComponentSpec> Specs(RunSession session) =>
        ((IEnumerable<ComponentSpec?>)[
            session.Pipeline.Tokenizer, session.Pipeline.Architecture, .. session.Pipeline.Observers,
            .. session.Stages.SelectMany(s => (IEnumerable<ComponentSpec?>)[s.Definition.Train.Optimizer, s.Definition.Train.Schedule]),
            .. session.Stages.SelectMany(s =>
                (IEnumerable<ComponentSpec?>)[s.Definition.Data, s.Definition.Tool, s.ObjectiveSpec, .. s.HeadSpecs.Values,
                    .. s.Definition.Metrics]),
        ]).OfType<ComponentSpec>();

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
