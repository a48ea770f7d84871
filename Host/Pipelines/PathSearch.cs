using PluginHost.Libs.Files;

namespace PluginHost.Host.Pipelines;

/// <summary>Where relative paths of a pipeline are looked for.</summary>
/// <param name="Roots">Folders in order; the last one is taken for a path found nowhere.</param>
public sealed record PathSearch(IReadOnlyList<string> Roots)
{
    /// <summary>The pipeline's <c>pathRoots</c>, then the working directory, then its own folder.</summary>
    public static PathSearch Of(PipelineDefinition pipeline) => Of(pipeline.File, pipeline.PathRoots);

    /// <summary>The same of a pipeline that is not read yet.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="pathRoots">As it has them.</param>
    public static PathSearch Of(string file, IReadOnlyList<string> pathRoots)
    {
        var own = Path.GetDirectoryName(file)!;
        return new([.. pathRoots.Select(r => Path.GetFullPath(HomeFolder.Expand(r), own)).Append(Environment.CurrentDirectory).Append(own)
            .Distinct()]);
    }

    /// <summary>
    /// What a resolved pipeline records, so that its paths mean the same from anywhere. Resolving it again changes nothing.
    /// </summary>
    public static IReadOnlyList<string> RecordedRoots(PipelineDefinition pipeline) =>
        pipeline.PathRoots.Count > 0 ? pipeline.PathRoots : Of(pipeline).Roots;

    /// <summary>The working directory alone: for paths given on the command line.</summary>
    public static PathSearch WorkingDirectory => new([Environment.CurrentDirectory]);

    /// <summary>
    /// A folder that others wrote: what it says may name files inside it alone, lest it show a stranger's model what else is on the
    /// machine.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="named">Paths that the user named, which are looked for in the working directory.</param>
    public static PathSearch Inside(string folder, params IReadOnlyCollection<string> named) =>
        new([folder]) { Boundary = folder, Named = named };

    /// <summary>The folder that no path may leave; null for none.</summary>
    private string? Boundary { get; init; }

    private IReadOnlyCollection<string> Named { get; init; } = [];

    /// <summary>The full path; <c>-</c> is standard input, <c>~</c> the home folder.</summary>
    /// <exception cref="DataException">It leaves the folder it must stay in.</exception>
    public string Resolve(string path)
    {
        if (Boundary is { } folder && !Named.Contains(path))
        {
            var full = Path.GetFullPath(path, folder);
            return RealPath.IsInside(full, folder) ? full
                : throw new DataException($"The model in '{folder}' names the file '{path}', which is outside its folder. It is refused: a "
                    + "model folder has everything in it that it needs.");
        }
        if (Boundary is not null) return WorkingDirectory.Resolve(path);
        if (path == "-") return DataFile.StandardInput;
        path = HomeFolder.Expand(path);
        if (Path.IsPathRooted(path)) return Path.GetFullPath(path);
        var candidates = Roots.Select(root => Path.GetFullPath(path, root)).ToList();
        return candidates.Find(Path.Exists) ?? candidates[^1];
    }
}
