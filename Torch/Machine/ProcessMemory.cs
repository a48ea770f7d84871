using System.Globalization;

namespace PluginHost.Torch;

/// <summary>Memory figures from /proc and the container's limits; -1 where they cannot be had.</summary>
internal static class ProcessMemory
{
    internal static long Read(string key) => Kilobytes("/proc/self/status", key);

    internal static long Available()
    {
        var free = Kilobytes("/proc/meminfo", "MemAvailable");
        var limit = Number("/sys/fs/cgroup/memory.max");
        var used = Number("/sys/fs/cgroup/memory.current");
        return limit > 0 && used > 0 ? Math.Min(free, limit - used) : free;
    }

    private static long Kilobytes(string path, string key)
    {
        if (!File.Exists(path)) return -1;
        var line = File.ReadLines(path).FirstOrDefault(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        var number = line?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : -1;
    }

    private static long Number(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : -1;
}
