#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>One CUDA device.</summary>
/// <param name="Index">Its ordinal.</param>
/// <param name="Name">The maker's name; "CUDA device" with TorchSharp.</param>
/// <param name="Major">The compute capability's major number; 0 where it is not known.</param>
/// <param name="Minor">The compute capability's minor number.</param>
/// <param name="FreeBytes">Memory free now; -1 where it is not known.</param>
/// <param name="TotalBytes">All its memory; -1 where it is not known.</param>
public sealed record CudaDeviceInfo(int Index, string Name, int Major, int Minor, long FreeBytes, long TotalBytes)
{
#if TORCHSHARP
    internal static CudaDeviceInfo Read(int index) => new(index, "CUDA device", 0, 0, -1, -1);
#else
    internal static unsafe CudaDeviceInfo Read(int index)
    {
        int major, minor;
        long free, total;
        Errors.Check(Native.ts_cuda_capability(index, &major, &minor));
        Errors.Check(Native.ts_cuda_memory(index, &free, &total));
        return new(index, Native.Text(Native.ts_cuda_name(index)), major, minor, free, total);
    }
#endif
}
