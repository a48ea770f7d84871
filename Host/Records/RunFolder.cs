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

    private RunFolder(string path, FileStream hold, bool resumed)
    {
        (Path, this.hold, IsResumed) = (path, hold, resumed);
        Metrics = new LineLog(Of(RunFiles.Metrics));
        Timings = new LineLog(Of(RunFiles.Timings));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Whether an earlier run is gone on with.</summary>
    public bool IsResumed { get; }

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
            Disk.WriteAtomically(folder.Of(RunFiles.Pipeline), resolvedPipeline);
            return folder;
        });
    }

    /// <summary>Opens an interrupted run folder to go on in.</summary>
    /// <param name="path">Where.</param>
    /// <param name="resolvedPipeline">As the run was started with.</param>
    /// <exception cref="UsageException">
    /// It is no run folder, is in use, was started with another pipeline, or has a link that leads out of it.
    /// </exception>
    public static RunFolder Resume(string path, string resolvedPipeline)
    {
        path = System.IO.Path.GetFullPath(path);
        var resolved = System.IO.Path.Combine(path, RunFiles.Pipeline);
        if (!File.Exists(resolved))
            throw new UsageException(
                $"There is no run to resume in '{path}': it has no {RunFiles.Pipeline}. Give the folder that 'host run' printed.");
        if (OutwardLinks.Find(path) is var (link, target))
            throw new UsageException($"'{link}' is a link that leads out of the run folder, to '{target}', and going on with the run would "
                + "write there. Put what it leads to in its place, or start a new run with --output.");
        var hold = Hold(path);
        if (File.ReadAllText(resolved) != resolvedPipeline)
        {
            hold.Dispose();
            throw new UsageException(
                $"The pipeline differs from the one '{path}' was started with (see its {RunFiles.Pipeline}). Resume without changes, or "
                    + "start a new run with --output.");
        }
        return new RunFolder(path, hold, resumed: true);
    }

    /// <summary>A path inside the folder.</summary>
    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Changes fields of <c>run.json</c>, which keeps those not named.</summary>
    public void Record(IReadOnlyDictionary<string, object?> fields)
    {
        var file = Of(RunFiles.Run);
        var record = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        foreach (var (name, value) in fields) record[name] = JsonSerializer.SerializeToNode(value, Json.Indented);
        Disk.WriteAtomically(file, record.ToJsonString(Json.Indented) + "\n");
    }

    /// <summary>A field of <c>run.json</c>, or null.</summary>
    public JsonNode? Recorded(string field) =>
        File.Exists(Of(RunFiles.Run)) ? JsonNode.Parse(File.ReadAllText(Of(RunFiles.Run)))?[field] : null;

    /// <inheritdoc/>
    public void Dispose()
    {
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
