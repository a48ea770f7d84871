using System.Globalization;
using System.Runtime.InteropServices;

namespace PluginHost.Libs.Files.Outputs;

/// <summary>What is at the end of a path that is to be written, and whether it is one of the inputs.</summary>
internal static class OutputPlace
{
    private const int MostLinks = 40, MayWrite = 2;

    /// <summary>A path with the links at its end followed, also to what is not there yet; descriptors are left as they are.</summary>
    /// <exception cref="UsageException">The links go in a circle.</exception>
    public static string Follow(string path)
    {
        var at = path;
        for (var step = 0; step < MostLinks; step++)
        {
            if (Descriptor(at) is not null || new FileInfo(at).LinkTarget is not { } target) return at;
            at = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(at)))!, target);
        }
        throw new UsageException($"--output {path}: its links go in a circle; give another name.");
    }

    /// <summary>
    /// The number of an open descriptor that a path such as <c>/dev/stdout</c> or <c>/dev/fd/3</c> stands for, else null.
    /// </summary>
    public static int? Descriptor(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        if (path is "-") return 1;
        var full = Path.GetFullPath(path);
        if (full is "/dev/stdout") return 1;
        if (full is "/dev/stderr") return 2;
        string[] folders = ["/dev/fd/", "/proc/self/fd/", $"/proc/{Environment.ProcessId}/fd/"];
        return folders.FirstOrDefault(f => full.StartsWith(f, StringComparison.Ordinal)) is { } folder
            && int.TryParse(full.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Refuses what an input is, whatever it is called: by a link, a hard link or another spelling.</summary>
    /// <param name="shown">The output as the user wrote it.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="inputs">Files and folders that are read.</param>
    /// <exception cref="UsageException">It is one of them, a file of one of them, or a folder around one.</exception>
    public static void RefuseInputs(string shown, string place, IEnumerable<string> inputs)
    {
        var identity = FileIdentity.Of(place);
        var named = shown == OutputFile.Standard ? "standard output" : $"--output {shown}";
        foreach (var input in inputs.Where(i => i.Length > 0))
        {
            var full = Path.GetFullPath(input);
            var read = FileIdentity.Of(full);
            // What is read from a terminal or a pipe is not destroyed by writing to it.
            if (read is { IsStream: true }) continue;
            if (read is not null && read == identity || read is null && full == Path.GetFullPath(place))
                throw new UsageException($"{named} is the input itself ({input}); give another name.");
            if (identity is { Kind: FileKind.Folder } && Around(full).Any(folder => FileIdentity.Of(folder) == identity))
                throw new UsageException($"{named} is a folder that holds the input {input}; give another name.");
            if (identity is { Kind: FileKind.Regular } && read is { Kind: FileKind.Folder }
                && Around(Real(place)).Any(folder => FileIdentity.Of(folder) == read))
                throw new UsageException($"{named} is a file of the input {input}; give another name.");
        }
    }

    /// <summary>Refuses a folder in which nothing can be written.</summary>
    /// <exception cref="ResourceException">Permissions or the file system forbid it.</exception>
    public static void RefuseUnwritable(string shown, string folder)
    {
        if (OperatingSystem.IsLinux() && Access(folder, MayWrite) != 0)
            throw new ResourceException($"--output {shown}: the folder {DataFile.Show(folder)} cannot be written: "
                + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}. Choose another place.");
    }

    /// <summary>The folders around a path, innermost first.</summary>
    private static IEnumerable<string> Around(string full)
    {
        for (var folder = Path.GetDirectoryName(Real(full)); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    private static string Real(string path) => Path.GetFullPath(Follow(path));

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
