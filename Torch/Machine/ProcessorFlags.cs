namespace PluginHost.Torch;

/// <summary>The CPU's features as the kernel reports them from cpuid.</summary>
internal static class ProcessorFlags
{
    private static readonly HashSet<string> Flags = Read();

    internal static bool Has(params ReadOnlySpan<string> any)
    {
        foreach (var flag in any)
        {
            if (Flags.Contains(flag)) return true;
        }

        return false;
    }

    private static HashSet<string> Read()
    {
        const string path = "/proc/cpuinfo";
        if (!File.Exists(path)) return [];
        var line = File.ReadLines(path).FirstOrDefault(static l =>
            l.StartsWith("flags", StringComparison.Ordinal) || l.StartsWith("Features", StringComparison.Ordinal));
        return line is null ? [] : [.. line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
