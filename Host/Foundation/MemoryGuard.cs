using System.Globalization;
using System.Runtime.InteropServices;
using PluginHost.Torch;

namespace PluginHost.Host.Foundation;

/// <summary>
/// Caps this process at the memory there is, so that asking for more fails with a message instead of the kernel killing
/// a process. Linux only; elsewhere it does nothing.
/// </summary>
public static class MemoryGuard
{
    private const int DataLimit = 2; // RLIMIT_DATA of setrlimit(2): private writable memory, since Linux 4.7

    /// <summary>Sets the cap to what is held plus what is available now.</summary>
    public static void Arm()
    {
        if (!OperatingSystem.IsLinux() || Hardware.AvailableBytes is not (> 0 and var available) || HeldBytes() is not { } held) return;
        if (GetLimit(DataLimit, out var limit) != 0) return;
        var cap = (ulong)(held + available);
        if (cap >= limit.Soft) return;
        limit.Soft = cap;
        _ = SetLimit(DataLimit, ref limit);
    }

    private static long? HeldBytes()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmData:", StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(7).Trim().ToString().Split(' ')[0], NumberStyles.None,
            CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : null;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static extern int GetLimit(int resource, out Limits limits);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int resource, ref Limits limits);
}
