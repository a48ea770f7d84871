namespace PluginHost.Torch;

/// <summary>The cores this process may run on.</summary>
internal static class Topology
{
    /// <summary>
    /// Physical cores available to this process (at least 1): distinct core ids among the allowed processors, limited
    /// by a container's CPU quota.
    /// </summary>
    internal static int PhysicalCores { get; } = Count();

    private static int Count()
    {
        var logical = Environment.ProcessorCount;
        const string Processors = "/sys/devices/system/cpu"; // some containers and chroots have no /sys
        if (!Directory.Exists(Processors)) return logical;
        var cores = new HashSet<string>();
        foreach (var processor in Directory.GetDirectories(Processors, "cpu*"))
        {
            var siblings = Path.Combine(processor, "topology", "thread_siblings_list");
            if (File.Exists(siblings)) cores.Add(File.ReadAllText(siblings).Trim());
        }

        return cores.Count == 0 ? logical : Math.Max(1, Math.Min(cores.Count, logical));
    }
}
