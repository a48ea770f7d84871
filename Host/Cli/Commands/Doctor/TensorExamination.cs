using PluginHost.Torch;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>The tensor library: libtorch, its kernels, BLAS, threads and GPUs.</summary>
internal sealed class TensorExamination : IExamination
{
    public int Order => 20;

    public IEnumerable<Finding> Look() => Load() ?? Loaded();

    private static IEnumerable<Finding>? Load()
    {
        try
        {
            Libtorch.Load();
            return null;
        }
        catch (LibtorchException e)
        {
            return [new("libtorch", "cannot be loaded") { Blocks = true, Advice = e.Message }];
        }
    }

    private static IEnumerable<Finding> Loaded()
    {
        yield return new("libtorch", $"{Libtorch.Version} from {Libtorch.Origin} ({Libtorch.Folder})") { Advice = VersionAdvice() };
        var torchSharp = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
        yield return new("TorchSharp", Libtorch.IsMended
            ? $"{torchSharp}, a copy of its library mended for this system's libstdc++" : torchSharp);
        foreach (var addition in Addition.All)
            yield return new(addition.Name, addition.IsThere ? addition.Present : addition.Absent)
            {
                Advice = addition.IsThere ? null : $"A function it needs was not found in this libtorch: use {Libtorch.BuiltFor}.",
            };
        yield return new("kernels", Hardware.CpuCapability)
        {
            Advice = Hardware.AvxLevel == "AVX512" && Hardware.CpuCapability == "AVX2"
                ? "The processor has AVX512 but libtorch's kernels run as AVX2: unset ATEN_CPU_CAPABILITY, or set it to avx512." : null,
        };
        var blas = Hardware.Blas;
        yield return new("BLAS", (blas.Path.Length > 0 ? $"{blas.Name} ({blas.Path})" : blas.Name)
            + (Hardware.OneDnn.Length > 0 ? $"; oneDNN {Hardware.OneDnn}" : ""))
        {
            Advice = blas.IsReference
                ? "This is the reference BLAS, some 40 times slower than MKL or OpenBLAS: use another libtorch." : null,
        };
        yield return new("threads", $"{Threads.Count} for each operation")
        {
            Advice = Threads.Count != Threads.PhysicalCores
                ? $"There are {Threads.PhysicalCores} physical cores: unset OMP_NUM_THREADS to use them all, unless other work shares them."
                : null,
        };
        foreach (var finding in Gpus()) yield return finding;
    }

    private static string? VersionAdvice() => Libtorch.Version.Split('.')[..2].SequenceEqual(Libtorch.BuiltFor.Split('.')[..2]) ? null
        : $"TorchSharp was built for libtorch {Libtorch.BuiltFor}. This one has every function it needs, and computes right where the "
            + "self-tests say so; but it is not a version that this host was tested with.";

    private static IEnumerable<Finding> Gpus()
    {
        yield return Tested("cpu", TorchSharp.torch.CPU);
        var devices = Hardware.CudaDevices;
        foreach (var d in devices)
        {
            yield return new($"cuda:{d.Index}", $"{d.Name}, compute capability {d.Major}.{d.Minor}, "
                + $"{Sizes.Gib(d.FreeBytes)} free of {Sizes.Gib(d.TotalBytes)}")
            {
                Advice = d.Major is > 0 and < 8 ? "It computes bfloat16 slowly: 'precision: auto' uses fp32." : null,
            };
            yield return Tested($"cuda:{d.Index}", new TorchSharp.torch.Device(TorchSharp.DeviceType.CUDA, d.Index));
        }

        if (devices.Count > 0) yield break;
        var present = File.Exists("/dev/nvidia0") || File.Exists("/proc/driver/nvidia/version");
        yield return new("GPU", present ? "an NVIDIA device that libtorch cannot use" : "none; the processor is used")
        {
            Advice = present
                ? "This libtorch has no CUDA, or its CUDA does not fit the driver. Build with -p:Cuda=true, or set "
                    + $"PLUGINHOST_LIBTORCH to the 'torch' folder of a PyTorch {Libtorch.BuiltFor} with CUDA."
                : null,
        };
    }

    private static Finding Tested(string name, TorchSharp.torch.Device device)
    {
        var wrong = SelfTest.Run(device);
        return new($"{name} self-test", wrong is null ? "a product, a backward pass and an optimizer's step are right" : "failed")
        {
            Advice = wrong is null ? null : $"{wrong}. Do not compute on it before this is mended.",
            Blocks = wrong is not null && name == "cpu",
        };
    }
}
