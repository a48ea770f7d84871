using System.Runtime.InteropServices;

namespace PluginHost.Host.Cli;

/// <summary>
/// How many files the process may have open. Below what the runtime needs for its own libraries it ends in the middle of loading one,
/// so this is asked first, with nothing but what is loaded already.
/// </summary>
public static class DescriptorLimit
{
    /// <summary>A run of five stages was seen to need 142: two for each library.</summary>
    public const ulong Least = 256;

    /// <summary>What the process ends with.</summary>
    public const int ExitCode = ExitCodes.Resources;

    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const int StandardError = 2;

    /// <summary>Says in a sentence that the limit is too low, where it is.</summary>
    public static bool IsTooLow()
    {
        if (!OperatingSystem.IsLinux()) return false;
        var limit = new ulong[2];
        if (Get(OpenFiles, limit) != 0 || limit[0] >= Least) return false;
        // A console would be one more library to load.
        var text = $"host: this process may open only {limit[0]} files, and needs {Least}; raise the limit (ulimit -n {Least}).\n";
        _ = Write(StandardError, text, text.Length);
        return true;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int Get(int resource, [Out] ulong[] limit);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int handle, [MarshalAs(UnmanagedType.LPUTF8Str)] string text, nint bytes);
}
