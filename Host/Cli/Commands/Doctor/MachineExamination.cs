using System.Reflection;
using System.Runtime.InteropServices;
using PluginHost.Torch;

namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>The machine: system, processor, memory.</summary>
internal sealed class MachineExamination : IExamination
{
    private const long Comfortable = 2L << 30;

    public int Order => 10;

    public IEnumerable<Finding> Look()
    {
        var version = typeof(MachineExamination).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        yield return new("host", version.Split('+')[0]);
        yield return new(".NET",
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"
                .ToLowerInvariant().Replace(".net", ".NET"));
        yield return new("processor",
            $"{ProcessorName()}; {Environment.ProcessorCount} logical, {Threads.PhysicalCores} physical cores to use");
        yield return new("vector instructions", Hardware.AvxLevel)
        {
            Advice = Hardware.AvxLevel is "AVX512" or "AVX2" ? null
                : "Without AVX2 everything is several times slower; use a processor made since about 2013.",
        };
        var tiles = Hardware.HasAmx ? ", with matrix tiles (AMX)" : "";
        yield return new("bfloat16", Hardware.HasNativeBf16
            ? $"native{tiles}: 'precision: auto' uses it" : "not native: 'precision: auto' uses fp32");
        var available = Hardware.AvailableBytes;
        yield return new("memory", $"{Sizes.Gib(available)} available of {Sizes.Gib(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}")
        {
            Advice = available is >= 0 and < Comfortable ? "Little memory is free: close other programs, or lower batchTokens." : null,
        };
    }

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
