using System.Runtime.InteropServices;

namespace PluginHost.Libs.Files;

/// <summary>What a path leads to, symbolic links followed.</summary>
public enum FileKind
{
    /// <summary>Nothing that can be reached.</summary>
    Missing,

    /// <summary>A file that can be read at any place, as often as wanted.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>What can be read once, from its start: a pipe, a socket, a terminal, standard input.</summary>
    OneWay,

    /// <summary>Any other device: most of them never end.</summary>
    Device,
}

/// <summary>Tells files apart without opening them: opening a pipe waits for whoever writes.</summary>
public static class FileKinds
{
    private const int FromHere = 1; // SEEK_CUR

    /// <summary>What a path leads to.</summary>
    public static FileKind Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
        return FileStatus.Of(path)?.Kind switch
        {
            null => FileKind.Missing,
            FileKind.Regular when IsStandardInput(path) && Seek(0, 0, FromHere) != 0 => FileKind.OneWay,
            FileKind.Device when IsStandardInput(path) && IsTerminal(0) == 1 => FileKind.OneWay,
            { } kind => kind,
        };
    }

    /// <summary>Whether a path is this process's standard input, which another program may have read the beginning of.</summary>
    public static bool IsStandardInput(string path) => path is DataFile.StandardInput or "/dev/fd/0" or "/proc/self/fd/0";

    [DllImport("libc", EntryPoint = "lseek")]
    private static extern long Seek(int handle, long offset, int from);

    [DllImport("libc", EntryPoint = "isatty")]
    private static extern int IsTerminal(int handle);
}
