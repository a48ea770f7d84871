using System.Reflection;
using System.Runtime.InteropServices;
using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Models;

/// <summary>What <c>run.json</c> says about where and with what a run was made.</summary>
public static class RunFacts
{
    /// <summary>The host's version.</summary>
    public static string HostVersion { get; } =
        typeof(RunFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>
    /// The plugins a pipeline's components come from, those too that an option of a tool names by its kind (<c>decoder: mine</c>).
    /// </summary>
    public static IReadOnlyList<PluginInfo> Plugins(IComponentFactory components, IEnumerable<ComponentSpec> specs)
    {
        var all = specs.SelectMany(SpecTree.Flatten).ToList();
        var used = all.Select(s => s.Use).Concat(all.SelectMany(s => NamedByKind(s, components)))
            .Select(use => use.Split('/')[^1]).ToHashSet();
        return [.. components.Components.Where(c => used.Contains(c.Name)).Select(c => c.Plugin).Distinct()
            .OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> NamedByKind(ComponentSpec tool, IComponentFactory components) =>
        from info in components.Components
        where info.Kind == typeof(ITool) && info.Name == tool.Use.Split('/')[^1]
        let usual = Activator.CreateInstance(info.Options)
        from option in OptionProperty.Of(info.Options)
        where option.Type == typeof(string) && ComponentKinds.All.Any(kind => ComponentKinds.Name(kind) == option.Name)
        select (tool.With.GetValueOrDefault(option.Name) ?? option.Property.GetValue(usual)) as string;

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
