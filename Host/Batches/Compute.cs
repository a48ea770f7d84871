using PluginHost.Host.Pipelines.Settings;
using PluginHost.Torch;
using TorchSharp;

namespace PluginHost.Host.Batches;

using static TorchSharp.torch;

/// <summary>The device a stage runs on and the number format of its forward passes.</summary>
/// <param name="Device">cpu or cuda:N.</param>
/// <param name="UsesBf16">Whether matrix products run in bfloat16; weights and optimizer stay float32.</param>
public sealed record Compute(Device Device, bool UsesBf16)
{
    /// <summary>Picks a device.</summary>
    /// <param name="wanted"><c>auto</c> (the first GPU if there is one), <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <exception cref="UsageException">Not one of these.</exception>
    /// <exception cref="ResourceException">The GPU asked for is not there.</exception>
    public static Device Select(string wanted)
    {
        var gpus = cuda.is_available() ? cuda.device_count() : 0;
        if (wanted == "auto") return gpus > 0 ? new Device(DeviceType.CUDA, 0) : CPU;
        if (wanted == "cpu") return CPU;
        var index = 0;
        if (wanted != "cuda"
            && !(wanted.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(wanted[5..], out index) && index >= 0))
            throw new UsageException($"'{wanted}' is not a device; use auto, cpu or cuda:N.");
        if (gpus == 0)
            throw new ResourceException($"--device {wanted}: libtorch {Hardware.LibtorchVersion} finds no CUDA device here. Use --device "
                + "cpu, or install a CUDA build of libtorch and the NVIDIA driver ('host doctor' tells more).");
        return index < gpus
            ? new Device(DeviceType.CUDA, index)
            : throw new ResourceException($"--device {wanted}: there "
                + $"{(gpus == 1 ? "is 1 CUDA device, cuda:0" : $"are {gpus} CUDA devices, cuda:0 to cuda:{gpus - 1}")}.");
    }

    /// <summary>The number format of a stage on a device.</summary>
    /// <exception cref="ResourceException">bfloat16 is asked for where it cannot be computed.</exception>
    public static Compute For(Device device, Precision precision) => precision switch
    {
        Precision.Fp32 => new Compute(device, false),
        Precision.Bf16 when !Torch.Autocast.IsSupported(device, ScalarType.BFloat16) =>
            throw new ResourceException(
                $"precision: bf16 cannot be computed on {device} by this tensor library. Use precision: fp32 or auto."),
        Precision.Bf16 => new Compute(device, true),
        _ => new Compute(device, Torch.Autocast.IsSupported(device, ScalarType.BFloat16) && Hardware.HasFastBf16(device)),
    };

    /// <summary>Enters the number format on this thread until disposed.</summary>
    public IDisposable Autocast() => Torch.Autocast.Enter(Device, UsesBf16 ? ScalarType.BFloat16 : ScalarType.Float32);

    /// <summary>
    /// Puts a batch into page-locked memory where that lets the GPU fetch it while the host goes on; the batch itself on a CPU.
    /// Thread-safe.
    /// </summary>
    public PreparedBatch Pinned(PreparedBatch prepared)
    {
        if (Device.type != DeviceType.CUDA) return prepared;
        using (prepared) return prepared with { Batch = Map(prepared.Batch, tensor => tensor.pin_memory()) };
    }

    /// <summary>The batch on the device, its tensors in the current dispose scope when they were moved.</summary>
    public Batch Place(Batch batch) => Device.type == DeviceType.CUDA ? Map(batch, tensor => tensor.to(Device, non_blocking: true)) : batch;

    private static Batch Map(Batch batch, Func<Tensor, Tensor> move)
    {
        var moved = new Batch(batch.Samples, batch.Encodings)
        {
            RealTokens = batch.RealTokens, Tokens = batch.Tokens,
            LeftOut = batch.LeftOut, SampleOfRow = batch.SampleOfRow
        };
        foreach (var key in batch.Columns) moved.Set(key, move(batch[key]));
        foreach (var (term, count) in batch.TargetCounts) moved.SetTargets(term, count);
        return moved;
    }

    /// <summary>Bytes of memory that can still be had on the device, or null when the system does not tell.</summary>
    public long? AvailableMemory()
    {
        var bytes = Device.type == DeviceType.CUDA ? Hardware.CudaDevices[Math.Max(0, Device.index)].FreeBytes : Hardware.AvailableBytes;
        return bytes > 0 ? bytes : null;
    }

    /// <summary>What the device is called.</summary>
    public string DeviceName => Device.type == DeviceType.CUDA ? $"{Device} ({Hardware.CudaDevices[Math.Max(0, Device.index)].Name})"
        : $"cpu ({Hardware.CpuCapability})";

    /// <summary>fp32 or bf16.</summary>
    public string PrecisionName => UsesBf16 ? "bf16" : "fp32";
}
