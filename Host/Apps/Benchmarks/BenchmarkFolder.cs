using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>
/// The folder of a benchmark: <c>request.json</c>, <c>data-sets/</c>, a folder of runs for each model, and <c>benchmark.md</c>, <c>.csv</c>
/// and <c>.json</c>.
/// </summary>
public sealed class BenchmarkFolder
{
    private const string RequestFile = "request.json";

    private BenchmarkFolder(string path) => Path = path;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The figures as data.</summary>
    public string Results => Of("benchmark.json");

    /// <summary>Whether a folder holds a benchmark.</summary>
    public static bool IsAt(string path) => File.Exists(System.IO.Path.Combine(path, RequestFile));

    /// <summary>
    /// Makes a folder, or opens one to go on in: with the same suite, data and protocol, whatever models and seeds are added.
    /// </summary>
    /// <exception cref="UsageException">The folder holds something else, or a benchmark of other data.</exception>
    public static BenchmarkFolder CreateOrOpen(string path, BenchmarkRequest request)
    {
        path = System.IO.Path.GetFullPath(path);
        var folder = new BenchmarkFolder(path);
        if (IsAt(path))
        {
            var before = folder.Request();
            foreach (var (what, was, now) in new[]
            {
                ("--suite", before.Suite, request.Suite), ("--data", before.Data, request.Data),
                    ("--protocol", before.Protocol.ToString(), request.Protocol.ToString()),
            })
                if (was != now)
                    throw new UsageException(
                        $"The benchmark in '{path}' was started with {what} {was}, not {now}. Give --output another folder.");
        }
        else if (File.Exists(path) || Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"'{path}' exists already and holds no benchmark. Give --output another folder.");
        Disk.Guard(path, () => Directory.CreateDirectory(path));
        SealedText.WriteJson(folder.Of(RequestFile), request);
        return folder;
    }

    /// <summary>Opens a benchmark to go on with.</summary>
    /// <exception cref="UsageException">The folder holds none.</exception>
    public static BenchmarkFolder Open(string path)
    {
        if (!IsAt(path))
            throw new UsageException(
                $"There is no benchmark to resume in '{path}': it has no {RequestFile}. Give the folder that 'host benchmark' printed.");
        OutwardLinks.Refuse(path);
        return new(System.IO.Path.GetFullPath(path));
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="DataException">The file is damaged.</exception>
    public BenchmarkRequest Request() => SealedText.ReadJson<BenchmarkRequest>(Of(RequestFile))
        .Whole(Of(RequestFile), "Put a copy of it back, or give the whole command again with another --output.");

    /// <summary>A path inside the folder.</summary>
    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
