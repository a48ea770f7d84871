using System.Runtime.InteropServices;

namespace PluginHost.Libs.Files.Outputs;

/// <summary>What kind of thing has a name.</summary>
public enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, a pipe or a socket: something to write into, not to replace.</summary>
    Stream,
}

/// <summary>Which file a name stands for, links followed: two names of one file have the same identity.</summary>
/// <param name="Device">Of the file system.</param>
/// <param name="Inode">On it.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, FileKind Kind)
{
    // statx(2): its layout is the same on every processor.
    private const int WorkingDirectory = -100, Size = 256, ModeAt = 28, InodeAt = 32, DeviceAt = 136;
    private const uint TypeAndInode = 0x101;
    private const int TypeMask = 0xF000, FolderType = 0x4000, FileType = 0x8000;

    /// <summary>Of a path; null where nothing is there, or on a system that is not Linux.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var facts = new byte[Size];
        if (Stat(WorkingDirectory, path, 0, TypeAndInode, facts) != 0) return null;
        var device = ((ulong)BitConverter.ToUInt32(facts, DeviceAt) << 32) | BitConverter.ToUInt32(facts, DeviceAt + 4);
        return new(device, BitConverter.ToUInt64(facts, InodeAt), (BitConverter.ToUInt16(facts, ModeAt) & TypeMask) switch
        {
            FileType => FileKind.File,
            FolderType => FileKind.Folder,
            _ => FileKind.Stream,
        });
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Stat(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] facts);
}
