using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>
/// The folder of one run, held exclusively while the run lasts: <c>run.json</c>, <c>pipeline.resolved.yaml</c>,
/// <c>metrics.jsonl</c>, <c>timings.jsonl</c>, <c>stages/</c>, <c>checkpoints/</c>, <c>model/</c>, <c>predictions/</c>,
/// <c>summary.json</c>, <c>report.html</c>.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream hold;
    private readonly FolderWatch watch;
    private JsonObject record;

    private RunFolder(string path, FileStream hold, bool resumed)
    {
        (Path, this.hold, IsResumed) = (path, hold, resumed);
        watch = new FolderWatch(path, hold);
        var before = SealedText.ReadJson(Of(RunFiles.Run));
        (record, RecordDamage, IsSealed) = (before.Content ?? [], resumed ? before.Damage : null, before.IsSealed);
        Metrics = new LineLog(Of(RunFiles.Metrics));
        Timings = new LineLog(Of(RunFiles.Timings));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Whether an earlier run is gone on with.</summary>
    public bool IsResumed { get; }

    /// <summary>What is wrong with the <c>run.json</c> of an earlier attempt, in a few words; null when it is whole.</summary>
    public string? RecordDamage { get; private set; }

    /// <summary>Whether that file carried a checksum.</summary>
    public bool IsSealed { get; }

    /// <summary>Losses and scores, the same bytes for the same seed.</summary>
    public LineLog Metrics { get; }

    /// <summary>Seconds and tokens per second, kept apart because they never repeat.</summary>
    public LineLog Timings { get; }

    /// <summary>The folder a user gave no name for: <c>runs/NAME-yyyyMMdd-HHmmss</c> under the working directory.</summary>
    public static string DefaultPath(string pipelineName, DateTimeOffset now) =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine("runs", $"{pipelineName}-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}"));

    /// <summary>Makes a new run folder.</summary>
    /// <param name="path">Where.</param>
    /// <param name="resolvedPipeline">The pipeline with every default written out.</param>
    /// <exception cref="UsageException">It exists and is not empty.</exception>
    /// <exception cref="ResourceException">It cannot be written.</exception>
    public static RunFolder Create(string path, string resolvedPipeline)
    {
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path)) throw new UsageException($"'{path}' is a file; give --output a folder that does not exist yet.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException(
                $"The run folder '{path}' exists already. Go on with it by --resume '{path}', or give --output another folder.");
        return Disk.Guard(path, () =>
        {
            Directory.CreateDirectory(path);
            var folder = new RunFolder(path, Hold(path), resumed: false);
            SealedText.WriteYaml(folder.Of(RunFiles.Pipeline), resolvedPipeline);
            return folder;
        });
    }

    /// <summary>Opens an interrupted run folder to go on in.</summary>
    /// <param name="path">Where.</param>
    /// <param name="resolvedPipeline">As the run was started with.</param>
    /// <exception cref="UsageException">
    /// It is no run folder, is in use, was started with another pipeline, or has a link that leads out of it.
    /// </exception>
    /// <exception cref="DataException">Its pipeline is damaged.</exception>
    public static RunFolder Resume(string path, string resolvedPipeline)
    {
        path = System.IO.Path.GetFullPath(path);
        var resolved = System.IO.Path.Combine(path, RunFiles.Pipeline);
        if (!File.Exists(resolved))
            throw new UsageException(
                $"There is no run to resume in '{path}': it has no {RunFiles.Pipeline}. Give the folder that 'host run' printed.");
        OutwardLinks.Refuse(path);
        var started = KeptPipeline.Read(resolved);
        var hold = Hold(path);
        try
        {
            if (started != resolvedPipeline)
                throw new UsageException(
                    $"The pipeline differs from the one '{path}' was started with (see its {RunFiles.Pipeline}). Resume without "
                        + "changes, or start a new run with --output.");
            return new RunFolder(path, hold, resumed: true);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Notes the pipeline's checksum in <c>run.json</c>, for <see cref="KeptPipeline"/>.</summary>
    public void RecordPipeline(string resolvedPipeline) =>
        Record(new Dictionary<string, object?> { [KeptPipeline.SumField] = SealedText.Sum(resolvedPipeline) });

    /// <summary>A path inside the folder.</summary>
    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Changes fields of <c>run.json</c>, which keeps those not named.</summary>
    /// <exception cref="ResourceException">The folder is gone, or not writable.</exception>
    public void Record(IReadOnlyDictionary<string, object?> fields)
    {
        RequireThere();
        foreach (var (name, value) in fields) record[name] = JsonSerializer.SerializeToNode(value, Json.Indented);
        SealedText.WriteJson(Of(RunFiles.Run), record);
    }

    /// <summary>A field of <c>run.json</c>, or null.</summary>
    public JsonNode? Recorded(string field) => record[field];

    /// <summary>Keeps a damaged <c>run.json</c> under another name, so that a new one can be written.</summary>
    /// <returns>That name, or null when there is nothing to keep.</returns>
    public string? SetDamagedRecordAside()
    {
        (record, RecordDamage) = ([], null);
        var aside = Of(RunFiles.Run + ".damaged");
        if (!File.Exists(Of(RunFiles.Run))) return null;
        Disk.Guard(aside, () => File.Move(Of(RunFiles.Run), aside, overwrite: true));
        return aside;
    }

    /// <summary>How far the logs go, once the disk has it all.</summary>
    /// <exception cref="ResourceException">The folder is gone, or not writable.</exception>
    public LogPlace SyncLogs()
    {
        RequireThere();
        Metrics.Sync();
        Timings.Sync();
        return new(Metrics.Length, Metrics.Sha256, Timings.Length, Timings.Sha256);
    }

    /// <summary>Checks the logs up to a place; see <see cref="LineLog.Check"/>.</summary>
    public void CheckLogs(LogPlace place, Action<string> warn)
    {
        Metrics.Check(place.Metrics, place.MetricsSha256, warn);
        Timings.Check(place.Timings, place.TimingsSha256, warn);
    }

    /// <summary>Cuts the logs back to a place.</summary>
    public void CutLogs(LogPlace place, Action<string> warn)
    {
        Metrics.CutTo(place.Metrics, place.MetricsSha256, warn);
        Timings.CutTo(place.Timings, place.TimingsSha256, warn);
    }

    /// <summary>Whether the folder is where it was: not deleted, not moved, its disk not taken away.</summary>
    public bool IsThere => watch.IsThere;

    /// <summary>Checks that before something is written, so that no second folder comes to be in its place.</summary>
    /// <exception cref="ResourceException">It is gone.</exception>
    public void RequireThere()
    {
        if (!IsThere) throw Gone();
    }

    /// <summary>A token that is cancelled within a second or two of the folder's going, too.</summary>
    public CancellationToken Watch(CancellationToken cancellation) => watch.Begin(cancellation);

    /// <summary>Says that the folder is gone.</summary>
    public ResourceException Gone() => new($"The run folder '{Path}' is gone: it was deleted or moved, or its disk was taken away, while "
        + "the run went on. The run was stopped. If the folder is elsewhere now, go on there with: host run --resume FOLDER");

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Dispose();
        Metrics.Dispose();
        Timings.Dispose();
        hold.Dispose();
    }

    // An advisory lock that the system releases when the process dies, however it dies.
    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
            && failure.HResult is 11 or unchecked((int)0x80070020))
        {
            throw new UsageException(
                $"The run folder '{path}' is in use by another process. Wait for it to end, or give --output another folder.", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new ResourceException($"The run folder '{path}' cannot be written: {failure.Message}", failure);
        }
    }
}
