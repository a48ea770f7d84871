using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>
/// The folder of runs that are compared: <c>comparison.json</c>, <c>pipelines/NAME.yaml</c>, a run folder each, at the end
/// <c>comparison.md</c> (the tables as printed), <c>comparison.csv</c> (every figure of every run) and <c>summary.json</c>
/// (means and deviations).
/// </summary>
public sealed class SweepFolder
{
    private const string IndexFile = "comparison.json";

    private readonly IReadOnlyDictionary<string, IReadOnlyList<Factor>> factors;

    private SweepFolder(string path, IReadOnlyList<string> names, IReadOnlyDictionary<string, IReadOnlyList<Factor>> factors) =>
        (Path, Names, this.factors) = (path, names, factors);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The runs in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What sets a run apart.</summary>
    public IReadOnlyList<Factor> FactorsOf(string name) => factors.TryGetValue(name, out var found) ? found : [];

    /// <summary>Whether a folder holds runs that are compared.</summary>
    public static bool IsAt(string path) => File.Exists(System.IO.Path.Combine(path, IndexFile));

    /// <summary>Makes a new folder.</summary>
    /// <exception cref="UsageException">It exists and is not empty.</exception>
    public static SweepFolder Create(string path, IReadOnlyList<Variant> variants)
    {
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path) || Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"'{path}' exists already. Go on with it by --resume '{path}', or give --output another folder.");
        var folder = new SweepFolder(path, [.. variants.Select(v => v.Name)], variants.ToDictionary(v => v.Name, v => v.Factors));
        return Disk.Guard(path, () =>
        {
            Directory.CreateDirectory(System.IO.Path.Combine(path, "pipelines"));
            foreach (var variant in variants) SealedText.WriteYaml(folder.PipelineOf(variant.Name), variant.Pipeline.ResolvedYaml);
            folder.WriteIndex();
            return folder;
        });
    }

    /// <summary>
    /// Opens a folder to go on in, with runs added that a pipeline now asks for. Runs it no longer asks for stay, after the others.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="variants">What the pipeline asks for.</param>
    /// <param name="isSame">Whether a run that is there, told by the file of its pipeline, is the one asked for.</param>
    /// <exception cref="UsageException">A run of the same name was made by another pipeline.</exception>
    public static SweepFolder Extend(string path, IReadOnlyList<Variant> variants, Func<string, Variant, bool> isSame)
    {
        var before = Open(path);
        foreach (var variant in variants.Where(v => before.Names.Contains(v.Name)))
            if (!isSame(before.PipelineOf(variant.Name), variant))
                throw new UsageException($"The run {variant.Name} of {path} was made by another pipeline than the one asked for "
                    + $"({before.PipelineOf(variant.Name)}); only further runs can be added. Give --output another folder for the others.");
        var kept = before.Names.Except(variants.Select(v => v.Name)).ToDictionary(name => name, before.FactorsOf);
        var factors = variants.Select(v => KeyValuePair.Create(v.Name, v.Factors)).Concat(kept).ToList();
        var folder = new SweepFolder(before.Path, [.. factors.Select(f => f.Key)], new Dictionary<string, IReadOnlyList<Factor>>(factors));
        return Disk.Guard(folder.Path, () =>
        {
            foreach (var variant in variants.Where(v => !before.Names.Contains(v.Name)))
                SealedText.WriteYaml(folder.PipelineOf(variant.Name), variant.Pipeline.ResolvedYaml);
            folder.WriteIndex();
            return folder;
        });
    }

    /// <summary>Opens a folder to go on in.</summary>
    /// <exception cref="DataException">Its list of runs, or a pipeline of it, is damaged.</exception>
    public static SweepFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, IndexFile);
        var index = SealedText.ReadJson<Index>(file).Whole(file, "Put a copy of it back, or give --output another folder.");
        if (index.Variants.FirstOrDefault(name => name != System.IO.Path.GetFileName(name) || name is "" or "." or "..") is { } strange)
            throw new DataException($"'{file}' names the run '{strange}', which is no name of a folder in it. It is refused.");
        OutwardLinks.Refuse(path);
        var folder = new SweepFolder(System.IO.Path.GetFullPath(path), index.Variants, index.Factors ?? []);
        foreach (var name in folder.Names) _ = KeptPipeline.Read(folder.PipelineOf(name));
        return folder;
    }

    /// <summary>The run folder of a variant.</summary>
    public string RunOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The resolved pipeline of a variant.</summary>
    public string PipelineOf(string name) => System.IO.Path.Combine(Path, "pipelines", name + ".yaml");

    /// <summary>Whether a variant's run was started.</summary>
    public bool IsStarted(string name) => File.Exists(System.IO.Path.Combine(RunOf(name), RunFiles.Pipeline));

    /// <summary>The figures of a variant whose run is done, stage by stage; null before.</summary>
    /// <exception cref="DataException">They are damaged.</exception>
    public IReadOnlyList<StageRecord>? Results(string name) => RunSummary.Read(RunOf(name));

    /// <summary>Whether a variant's run is done.</summary>
    /// <param name="name">The variant.</param>
    /// <param name="warn">Told of a damaged summary: the run is then gone on with.</param>
    public bool IsDone(string name, Action<string> warn) => RunSummary.IsDone(RunOf(name), warn);

    /// <summary>The runs that are done, in order.</summary>
    public IReadOnlyList<FinishedRun> Finished() =>
        [.. Names.Select(name => (name, Stages: Results(name))).Where(r => r.Stages is not null)
            .Select(r => new FinishedRun(r.name, FactorsOf(r.name), r.Stages!))];

    /// <summary>Keeps what came out.</summary>
    /// <param name="markdown">The tables as printed.</param>
    /// <param name="runs">The runs.</param>
    public void Write(string markdown, IReadOnlyList<FinishedRun> runs)
    {
        Disk.WriteAtomically(System.IO.Path.Combine(Path, "comparison.md"), markdown);
        Disk.WriteAtomically(System.IO.Path.Combine(Path, "comparison.csv"), SweepFiles.Csv(runs));
        SealedText.WriteJson(System.IO.Path.Combine(Path, RunFiles.Summary), SweepFiles.Summary(runs, done: runs.Count == Names.Count));
    }

    /// <summary>Keeps a picture beside the tables.</summary>
    /// <returns>Where it lies.</returns>
    public string WriteFigure(string name, string svg)
    {
        var file = System.IO.Path.Combine(Path, name);
        Disk.WriteAtomically(file, svg);
        return file;
    }

    private void WriteIndex() => SealedText.WriteJson(System.IO.Path.Combine(Path, IndexFile), new Index(Names, factors.ToDictionary()));

    private sealed record Index(IReadOnlyList<string> Variants, Dictionary<string, IReadOnlyList<Factor>>? Factors);
}
