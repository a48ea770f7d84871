using System.Runtime.Intrinsics.X86;
using PluginHost.Torch.Loading;
using PluginHost.Torch.Native;
using TorchSharp;

namespace PluginHost.Torch;

/// <summary>What this machine and its libtorch offer.</summary>
public static class Hardware
{
    // What of the machine needs no libtorch must be told without it.
    private static readonly Lazy<string> configuration = new(EntryPoints.Configuration);

    /// <summary>libtorch's version, e.g. "2.10.0".</summary>
    public static string LibtorchVersion => Libtorch.Version;

    /// <summary>The instruction set libtorch's CPU kernels use: "AVX512", "AVX2" or "NO AVX"; "unknown" where it does not tell.</summary>
    public static string CpuCapability => BuildConfiguration.Split('\n')
        .Select(static line => line.Split("CPU capability usage:"))
        .FirstOrDefault(static parts => parts.Length == 2)?[1].Trim() ?? "unknown";

    /// <summary>libtorch's own account of its build.</summary>
    public static string BuildConfiguration => configuration.Value;

    /// <summary>The widest vector instructions of this CPU.</summary>
    public static string AvxLevel => Avx512F.IsSupported ? "AVX512" : Avx2.IsSupported ? "AVX2" : Avx.IsSupported ? "AVX" : "none";

    /// <summary>
    /// Whether the CPU multiplies bfloat16 in hardware (AVX512_BF16 or AMX). Without it bfloat16 is emulated and slower
    /// than float32.
    /// </summary>
    public static bool HasNativeBf16 { get; } = ProcessorFlags.Has("avx512_bf16", "amx_bf16");

    /// <summary>Whether the CPU has matrix tiles for bfloat16 (AMX), several times faster than vectors.</summary>
    public static bool HasAmx { get; } = ProcessorFlags.Has("amx_bf16");

    /// <summary>oneDNN's version, which libtorch's bfloat16 products run on; empty where it is not built in.</summary>
    public static string OneDnn => BuildConfiguration.Split('\n')
        .FirstOrDefault(static line => line.Contains("MKL-DNN", StringComparison.Ordinal))?.Split('v').LastOrDefault()?.Split(' ')[0] ?? "";

    /// <summary>The BLAS in use.</summary>
    public static BlasInfo Blas => BlasInfo.Detect();

    /// <summary>The CUDA devices libtorch can use; empty without CUDA.</summary>
    public static IReadOnlyList<CudaDeviceInfo> CudaDevices =>
        [.. Enumerable.Range(0, torch.cuda.device_count()).Select(CudaDeviceInfo.Read)];

    /// <summary>Whether a device computes bfloat16 fast: cpuid for the CPU, compute capability 8.0 for CUDA.</summary>
    public static bool HasFastBf16(torch.Device device) => device.type switch
    {
        DeviceType.CPU => HasNativeBf16,
        DeviceType.CUDA => CudaDevices.ElementAtOrDefault(Math.Max(device.index, 0)) is { Major: >= 8 },
        _ => false,
    };

    /// <summary>The most memory this process has held, in bytes.</summary>
    public static long PeakResidentBytes => ProcessMemory.Read("VmHWM");

    /// <summary>The memory this process holds now, in bytes.</summary>
    public static long ResidentBytes => ProcessMemory.Read("VmRSS");

    /// <summary>Memory the process could still get without swapping, in bytes; a container's limit counts.</summary>
    public static long AvailableBytes => ProcessMemory.Available();
}
