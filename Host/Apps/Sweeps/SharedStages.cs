using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>
/// Saves runs of a sweep from pretraining what an earlier one pretrained: where seed, tokenizer, architecture and leading
/// pretrain stages are the same to the letter, a new run starts from the earlier one's records, weights and logs, as if it
/// were resumed. What follows has random streams of its own, so the figures are those of a run that did it all itself.
/// </summary>
public static class SharedStages
{
    private const string Partial = ".partial-";

    /// <summary>Prepares a run's folder from an earlier run, where one fits.</summary>
    /// <param name="folder">Of all runs.</param>
    /// <param name="variants">All runs.</param>
    /// <param name="index">The run that is about to start.</param>
    /// <param name="view">Is told.</param>
    public static void Take(SweepFolder folder, IReadOnlyList<Variant> variants, int index, IRunView view)
    {
        var wanted = variants[index];
        for (var earlier = 0; earlier < index; earlier++)
        {
            var donor = folder.RunOf(variants[earlier].Name);
            var shared = Shared(variants[earlier].Pipeline, wanted.Pipeline)
                .Select(stage => (Stage: stage, Record: StageRecord.Load(RecordOf(donor, stage)).Content))
                    .TakeWhile(s => IsWhole(donor, s.Stage, s.Record)).ToList();
            if (shared.Count == 0) continue;
            Disk.Guard(folder.Path, () => Copy(donor, folder.RunOf(wanted.Name), shared!, wanted.Pipeline.ResolvedYaml));
            view.Say($"{string.Join(", ", shared.Select(s => s.Stage))} {(shared.Count == 1 ? "is" : "are")} the same as in run "
                + $"{variants[earlier].Name} and taken from there.");
            return;
        }
    }

    /// <summary>
    /// Names of the leading pretrain stages that two pipelines have in common, none unless the second trains on after them.
    /// </summary>
    public static IReadOnlyList<string> Shared(PipelineDefinition one, PipelineDefinition other)
    {
        var (first, second) = (Document(one), Document(other));
        if (Head(first) != Head(second)) return [];
        var stages = ((ListNode)first["stages"]!).Items.Zip(((ListNode)second["stages"]!).Items)
            .TakeWhile(pair => YamlWriter.Write(Alone(pair.First)) == YamlWriter.Write(Alone(pair.Second))).Count();
        var shared = one.Stages.Take(stages).TakeWhile(s => s.Kind == StageKind.Pretrain).Select(s => s.Name).ToList();
        // The last training stage leaves the model folder; it is run in every run.
        return other.Stages.Skip(shared.Count).Any(s => StageReader.Trains(s.Kind)) ? shared : [];
    }

    private static MapNode Document(PipelineDefinition pipeline) => (MapNode)YamlDocument.Parse(pipeline.Name, pipeline.ResolvedYaml);

    private static string Head(MapNode root) => YamlWriter.Write(new MapNode(Place.None, root.Entries.Where(e => e.Key != "stages")));

    private static MapNode Alone(Node stage) => new(Place.None, [new("stage", stage)]);

    private static string RecordOf(string run, string stage) => Path.Combine(run, RunFiles.Stages, stage + ".json");

    private static string CheckpointOf(string run, string stage, StageRecord record) =>
        Path.Combine(run, RunFiles.Checkpoints, stage, record.Checkpoint!);

    private static bool IsWhole(string run, string stage, StageRecord? record) =>
        record?.Checkpoint is not null && SealedFolder.Verify(CheckpointOf(run, stage, record)) is null
        && IsWhole(Path.Combine(run, RunFiles.Metrics), record.MetricsOffset, record.MetricsSha256)
        && IsWhole(Path.Combine(run, RunFiles.Timings), record.TimingsOffset, record.TimingsSha256);

    // What an earlier run's log lost, no other run inherits.
    private static bool IsWhole(string log, long length, string? sha256) =>
        File.Exists(log) && new FileInfo(log).Length >= length && (sha256 is null || FileSum.Of(log, length) == sha256);

    private static void Copy(string donor, string run, IReadOnlyList<(string Stage, StageRecord Record)> shared, string pipeline)
    {
        var parent = Path.GetDirectoryName(run)!;
        var partial = Path.Combine(parent, Partial + Path.GetFileName(run));
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(Path.Combine(partial, RunFiles.Stages));
        foreach (var (stage, record) in shared)
        {
            File.Copy(RecordOf(donor, stage), RecordOf(partial, stage));
            var target = CheckpointOf(partial, stage, record);
            Directory.CreateDirectory(target);
            foreach (var file in Directory.GetFiles(CheckpointOf(donor, stage, record)))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
        Beginning(donor, partial, RunFiles.Metrics, shared[^1].Record.MetricsOffset);
        Beginning(donor, partial, RunFiles.Timings, shared[^1].Record.TimingsOffset);
        SealedText.WriteYaml(Path.Combine(partial, RunFiles.Pipeline), pipeline);
        // What it is made with is noted when it starts.
        SealedText.WriteJson(Path.Combine(partial, RunFiles.Run), new { status = "prepared" });
        Directory.Move(partial, run);
        Disk.SyncFolder(parent);
    }

    private static void Beginning(string donor, string run, string log, long length)
    {
        using var source = File.OpenRead(Path.Combine(donor, log));
        using var target = File.Create(Path.Combine(run, log));
        var bytes = new byte[length];
        source.ReadExactly(bytes);
        target.Write(bytes);
    }
}
