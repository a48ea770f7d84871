using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PluginHost.Libs.Files;

/// <summary>What the system says of a path, links followed, without opening it. Linux only.</summary>
/// <param name="Kind">By its type alone.</param>
/// <param name="Device">Of the file system.</param>
/// <param name="Inode">On it.</param>
internal readonly record struct FileStatus(FileKind Kind, ulong Device, ulong Inode)
{
    // statx(2): its layout is the same on every processor.
    private const int CurrentFolder = -100, Size = 256, ModeAt = 28, InodeAt = 32, DeviceAt = 136;
    private const uint TypeAndInode = 0x101;
    private const int TypeBits = 0xF000;

    /// <summary>Null where nothing is there.</summary>
    public static FileStatus? Of(string path)
    {
        var facts = new byte[Size];
        if (Status(CurrentFolder, path, 0, TypeAndInode, facts) != 0) return null;
        var device = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(facts.AsSpan(DeviceAt)) << 32)
            | BinaryPrimitives.ReadUInt32LittleEndian(facts.AsSpan(DeviceAt + 4));
        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(facts.AsSpan(ModeAt)) & TypeBits) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 or 0xC000 => FileKind.OneWay,
            _ => FileKind.Device,
        };
        return new(kind, device, BinaryPrimitives.ReadUInt64LittleEndian(facts.AsSpan(InodeAt)));
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Status(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] facts);
}
