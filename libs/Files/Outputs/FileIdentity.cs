namespace PluginHost.Libs.Files.Outputs;

/// <summary>Which file a name stands for, links followed: two names of one file have the same identity.</summary>
/// <param name="Device">Of the file system.</param>
/// <param name="Inode">On it.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, FileKind Kind)
{
    /// <summary>Whether it is a device, a pipe or a socket: something to write into, not to replace.</summary>
    public bool IsStream => Kind is FileKind.OneWay or FileKind.Device;

    /// <summary>Of a path; null where nothing is there, or on a system that is not Linux.</summary>
    public static FileIdentity? Of(string path) =>
        OperatingSystem.IsLinux() && FileStatus.Of(path) is { } status ? new(status.Device, status.Inode, status.Kind) : null;
}
