using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Outputs;

/// <summary>
/// A file that a command writes. It is checked before any work, and appears whole or not at all; what is there already is replaced only
/// when asked to. Links are followed. Devices, pipes and standard output are written into as they are.
/// </summary>
public sealed class OutputFile
{
    /// <summary>What the option that allows replacing says, with every command.</summary>
    public const string ForceHelp = "Replace the output if it is there already.";

    /// <summary>The output that is standard output.</summary>
    public const string Standard = "-";

    private const int LongestName = 200;
    private readonly string place;
    private readonly bool force;
    private readonly int? descriptor;

    private OutputFile(string path, string place, bool force)
    {
        (Path, this.place, this.force) = (path, place, force);
        descriptor = OutputPlace.Descriptor(place);
        IsStream = descriptor is not null || IsInProc(place) || FileIdentity.Of(place) is { IsStream: true };
    }

    /// <summary>As the user wrote it.</summary>
    public string Path { get; }

    /// <summary>Whether it is written into directly, so that nothing can be done to it again or beside it.</summary>
    public bool IsStream { get; }

    /// <summary>Whether it is this process's standard output, where results of another kind must not be mixed in.</summary>
    public bool IsStandardOutput => descriptor == 1;

    /// <summary>A folder for what must wait on the disk until it can be written: that of the file, which has room for it.</summary>
    public string Scratch => IsStream ? System.IO.Path.GetTempPath() : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(place))!;

    /// <summary>Looks at where a file is to be written, before any work.</summary>
    /// <param name="path">As the user wrote it; <c>-</c> is standard output.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="inputs">Files and folders that are read; what is not known yet is checked by <see cref="Refuse"/>.</param>
    /// <exception cref="UsageException">
    /// It is an input, a folder, or there already; or there is no folder for it.
    /// </exception>
    /// <exception cref="ResourceException">Its folder cannot be written.</exception>
    public static OutputFile Check(string path, bool force, params IEnumerable<string> inputs)
    {
        if (path.Length == 0) throw new UsageException("--output is empty; name a file.");
        var file = new OutputFile(path, OutputPlace.Follow(path), force);
        file.Refuse(inputs);
        if (file.IsStream) return file;
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file.place));
        if (folder is null || Directory.Exists(file.place) || path.EndsWith(System.IO.Path.DirectorySeparatorChar))
            throw new UsageException($"--output {path} is a folder; name a file in it.");
        if (!Directory.Exists(folder))
            throw new UsageException($"--output {path}: the folder {DataFile.Show(folder)} does not exist; make it first (mkdir -p).");
        if (!force && File.Exists(file.place))
            throw new UsageException($"{path} exists already; choose another name, or replace it with --force.");
        OutputPlace.RefuseUnwritable(path, folder);
        return file;
    }

    /// <summary>Refuses to be one of further inputs.</summary>
    /// <exception cref="UsageException">It is one of them, or a file of a folder that is read.</exception>
    public void Refuse(params IEnumerable<string> inputs) =>
        OutputPlace.RefuseInputs(Path, descriptor is { } number ? $"/proc/self/fd/{number}" : place, inputs);

    /// <summary>Refuses a name that says another format than the only one there is; a stream needs no ending.</summary>
    /// <exception cref="UsageException">It ends otherwise.</exception>
    public void RequireEnding(string ending)
    {
        if (!IsStream && !Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output {Path}: the name must end in {ending}.");
    }

    /// <summary>Refuses to be a file that the same command writes too.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public void RefuseTwice(OutputFile other)
    {
        if (System.IO.Path.GetFullPath(place) == System.IO.Path.GetFullPath(other.place))
            throw new UsageException($"{Path} would be written twice, as {other.Path} too; give another name.");
    }

    /// <summary>Writes it: whole or not at all, or directly into what is a stream.</summary>
    /// <exception cref="ResourceException">The disk is full, or something else forbids it; nothing half-written stays.</exception>
    public void Write(Action<Stream> write) => Disk.Guard(Path, () =>
    {
        if (IsStream) WriteInto(write);
        else Replace(write);
    });

    /// <inheritdoc cref="Write(Action{Stream})"/>
    public void Write(string text) => Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private void WriteInto(Action<Stream> write)
    {
        var handle = descriptor is { } number ? new SafeFileHandle(number, ownsHandle: false)
            : File.OpenHandle(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using var stream = new BufferedStream(new DescriptorStream(handle), 1 << 16);
        write(stream);
    }

    private void Replace(Action<Stream> write)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(place))!;
        var name = System.IO.Path.GetFileName(place);
        var partial = System.IO.Path.Combine(
            folder, $".partial-{Environment.ProcessId}-{(name.Length > LongestName ? name[..LongestName] : name)}");
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(place)) File.SetUnixFileMode(partial, File.GetUnixFileMode(place));
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!force && File.Exists(place))
                throw new UsageException($"{Path} was made by something else meanwhile; choose another name, or replace it with --force.");
            File.Move(partial, place, overwrite: force);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        Disk.SyncFolder(folder);
    }

    private static bool IsInProc(string path) =>
        !OperatingSystem.IsWindows() && System.IO.Path.GetFullPath(path).StartsWith("/proc/", StringComparison.Ordinal);
}
