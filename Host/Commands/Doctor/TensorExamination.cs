using PluginHost.Torch;

namespace PluginHost.Host.Commands.Doctor;

/// <summary>The tensor library: libtorch, its kernels, BLAS, threads and GPUs.</summary>
internal sealed class TensorExamination : IExamination
{
    public int Order => 20;

    public IEnumerable<Finding> Look() => Load() ?? Loaded();

    private static IEnumerable<Finding>? Load()
    {
        try
        {
            _ = Hardware.LibtorchVersion;
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return [new("libtorch", "cannot be loaded") { Blocks = true, Advice = Plugins.Causes.Root(e).Message }];
        }
    }

    private static IEnumerable<Finding> Loaded()
    {
        yield return new("libtorch", Hardware.LibtorchVersion);
        yield return new("kernels", Hardware.CpuCapability)
        {
            Advice = Hardware.AvxLevel == "AVX512" && Hardware.CpuCapability == "AVX2"
                ? "The processor has AVX512 but libtorch's kernels run as AVX2: unset ATEN_CPU_CAPABILITY, or set it to avx512." : null,
        };
        var blas = Hardware.Blas;
        yield return new("BLAS", blas.Path.Length > 0 ? $"{blas.Name} ({blas.Path})" : blas.Name)
        {
            Advice = blas.IsReference
                ? "This is the reference BLAS, some 40 times slower than OpenBLAS: apt-get install libopenblas0-openmp, or choose OpenBLAS with update-alternatives --config libblas.so.3-x86_64-linux-gnu."
                : null,
        };
        yield return new("threads", $"{Threads.Count} for each operation")
        {
            Advice = Threads.Count != Threads.PhysicalCores
                ? $"There are {Threads.PhysicalCores} physical cores: unset OMP_NUM_THREADS to use them all, unless other work shares the machine." : null,
        };
        foreach (var finding in Gpus()) yield return finding;
    }

    private static IEnumerable<Finding> Gpus()
    {
        var devices = Hardware.CudaDevices;
        foreach (var d in devices)
            yield return new($"cuda:{d.Index}", $"{d.Name}, compute capability {d.Major}.{d.Minor}, {Sizes.Gib(d.FreeBytes)} free of {Sizes.Gib(d.TotalBytes)}")
            {
                Advice = d.Major is > 0 and < 8 ? "It computes bfloat16 slowly: 'precision: auto' uses fp32." : null,
            };
        if (devices.Count > 0) yield break;
        var present = File.Exists("/dev/nvidia0") || File.Exists("/proc/driver/nvidia/version");
        yield return new("GPU", present ? "an NVIDIA device that libtorch cannot use" : "none; the processor is used")
        {
            Advice = present
                ? "This libtorch has no CUDA. Install one that has (pip install torch), then build the native library again: CMAKE_PREFIX_PATH=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)') Torch/native/build.sh"
                : null,
        };
    }
}
