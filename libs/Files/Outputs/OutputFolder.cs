namespace PluginHost.Libs.Files.Outputs;

/// <summary>
/// A folder that a command makes. One that is there already is replaced only when asked to, and only where a command made it and nothing
/// else was put into it since.
/// </summary>
public static class OutputFolder
{
    /// <summary>Looks at where a folder is to be made, before any work.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="force">Whether a folder that is there may be replaced.</param>
    /// <param name="made">
    /// The files that the same command once wrote into a folder, by their paths in it; null where it did not make the folder.
    /// </param>
    /// <param name="inputs">Files and folders that are read.</param>
    /// <returns>The full path, a link at its end followed.</returns>
    /// <exception cref="UsageException">It is an input, holds one, or is there already.</exception>
    /// <exception cref="ResourceException">It cannot be made there.</exception>
    public static string Check(
        string path, bool force, Func<string, IReadOnlyCollection<string>?> made, params IEnumerable<string> inputs)
    {
        if (path.Length == 0) throw new UsageException("--output is empty; name a folder.");
        if (OutputPlace.Descriptor(path) is not null)
            throw new UsageException($"--output {path}: a folder is written, which no stream can hold; name a folder.");
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(OutputPlace.Follow(Path.TrimEndingDirectorySeparator(path))));
        OutputPlace.RefuseInputs(path, place, inputs);
        if (File.Exists(place)) throw new UsageException($"--output {path} is a file; a folder is written, so give another name.");
        if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any())
        {
            if (!force) throw new UsageException($"{path} exists already; choose another name, or replace it with --force.");
            RefuseForeign(path, place, made(place));
        }
        OutputPlace.RefuseUnwritable(path, Nearest(place));
        return place;
    }

    /// <summary>Puts a folder that was written beside in place of one that is there: at every moment one of the two has the name.</summary>
    /// <param name="written">Whole; in the folder that <paramref name="place"/> is in.</param>
    /// <param name="place">Where it is to appear.</param>
    /// <param name="force">Whether a folder with something in it is replaced.</param>
    /// <exception cref="UsageException">There is one, and it is not to be.</exception>
    public static void Replace(string written, string place, bool force)
    {
        if (!force && Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any())
            throw new UsageException($"{place} was made by something else meanwhile; choose another name, or replace it with --force.");
        var parent = Path.GetDirectoryName(place)!;
        var replaced = Path.Combine(parent, $".replaced-{Environment.ProcessId}-{Path.GetFileName(place)}");
        var exists = Directory.Exists(place);
        if (exists) Directory.Move(place, replaced);
        Directory.Move(written, place);
        Disk.SyncFolder(parent);
        if (exists) Directory.Delete(replaced, recursive: true);
    }

    private static void RefuseForeign(string path, string place, IReadOnlyCollection<string>? made)
    {
        if (made is null)
            throw new UsageException(
                $"{path} was not made by this command, so --force does not replace it; choose another name, or remove it yourself.");
        var known = made.Select(f => Path.GetFullPath(f, place)).ToHashSet(StringComparer.Ordinal);
        var foreign = Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).FirstOrDefault(f => !known.Contains(f));
        if (foreign is not null)
            throw new UsageException(
                $"{path} holds {Path.GetRelativePath(place, foreign)}, which this command did not write, so --force does "
                + "not replace the folder; choose another name, or remove it yourself.");
    }

    /// <summary>The innermost folder around a path that is there.</summary>
    private static string Nearest(string place)
    {
        var folder = Path.GetDirectoryName(place);
        while (folder is not null && !Directory.Exists(folder)) folder = Path.GetDirectoryName(folder);
        return folder ?? place;
    }
}
