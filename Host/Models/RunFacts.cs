using System.Reflection;
using System.Runtime.InteropServices;
using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Models;

/// <summary>What <c>run.json</c> says about where and with what a run was made.</summary>
public static class RunFacts
{
    /// <summary>The host's version.</summary>
    public static string HostVersion { get; } =
        typeof(RunFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The plugins a pipeline's components come from.</summary>
    public static IReadOnlyList<PluginInfo> Plugins(IComponentFactory components, IEnumerable<ComponentSpec> specs)
    {
        var used = specs.SelectMany(SpecTree.Flatten).Select(s => s.Use.Split('/')[^1]).ToHashSet();
        return [.. components.Components.Where(c => used.Contains(c.Name)).Select(c => c.Plugin).Distinct()
            .OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>Processor, memory, operating system and library versions.</summary>
    public static IReadOnlyDictionary<string, object?> Hardware(Compute compute) => new Dictionary<string, object?>
    {
        ["processor"] = Processor(),
        ["logical_cores"] = Environment.ProcessorCount,
        ["memory_bytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ["system"] = RuntimeInformation.OSDescription,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["libtorch"] = Torch.Hardware.LibtorchVersion,
        ["threads"] = Torch.Threads.Count,
        ["device"] = compute.DeviceName,
    };

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
