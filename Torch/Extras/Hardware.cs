using System.Runtime.Intrinsics.X86;
using TorchSharp;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>What this machine and its libtorch offer.</summary>
public static class Hardware
{
    /// <summary>libtorch's version, e.g. "1.13.1".</summary>
    public static string LibtorchVersion =>
#if TORCHSHARP
        torch.__version__;
#else
        Native.Text(Native.ts_torch_version());
#endif

    /// <summary>The instruction set libtorch's CPU kernels use: "AVX512", "AVX2" or "NO AVX"; "unknown" with TorchSharp.</summary>
    public static string CpuCapability => BuildConfiguration.Split('\n')
        .Select(static line => line.Split("CPU capability usage:"))
        .FirstOrDefault(static parts => parts.Length == 2)?[1].Trim() ?? "unknown";

    /// <summary>libtorch's own account of its build.</summary>
    public static string BuildConfiguration =>
#if TORCHSHARP
        "";
#else
        Native.Text(Native.ts_build_configuration());
#endif

    /// <summary>The widest vector instructions of this CPU.</summary>
    public static string AvxLevel => Avx512F.IsSupported ? "AVX512" : Avx2.IsSupported ? "AVX2" : Avx.IsSupported ? "AVX" : "none";

    /// <summary>
    /// Whether the CPU multiplies bfloat16 in hardware (AVX512_BF16 or AMX). Without it bfloat16 is emulated and slower
    /// than float32.
    /// </summary>
    public static bool HasNativeBf16 { get; } = ProcessorFlags.Has("avx512_bf16", "amx_bf16");

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
