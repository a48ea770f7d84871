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

    private const int OpenFiles = 7; // RLIMIT_NOFILE

    /// <summary>A sentence where the limit is too low, else null.</summary>
    public static string? TooLow()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var limit = new ulong[2];
        return Get(OpenFiles, limit) == 0 && limit[0] < Least
            ? $"this process may open only {limit[0]} files, and needs {Least}; raise the limit (ulimit -n {Least})."
            : null;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int Get(int resource, [Out] ulong[] limit);
}
