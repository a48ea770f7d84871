using System.Runtime.InteropServices;

namespace PluginHost.Torch;

/// <summary>One CUDA device, as NVIDIA's driver tells of it: TorchSharp has no such figures.</summary>
/// <param name="Index">Its ordinal among those this process sees.</param>
/// <param name="Name">The maker's name; "CUDA device" where the driver does not tell.</param>
/// <param name="Major">The compute capability's major number; 0 where it is not known.</param>
/// <param name="Minor">The compute capability's minor number.</param>
/// <param name="FreeBytes">Memory free now; -1 where it is not known.</param>
/// <param name="TotalBytes">All its memory; -1 where it is not known.</param>
public sealed partial record CudaDeviceInfo(int Index, string Name, int Major, int Minor, long FreeBytes, long TotalBytes)
{
    private const string Driver = "libcuda.so.1";
    private const int MajorAttribute = 75, MinorAttribute = 76;

    internal static unsafe CudaDeviceInfo Read(int index)
    {
        try
        {
            if (cuInit(0) != 0 || cuDeviceGet(out var device, index) != 0) return Unknown(index);
            var name = stackalloc byte[256];
            _ = cuDeviceGetName(name, 256, device);
            _ = cuDeviceGetAttribute(out var major, MajorAttribute, device);
            _ = cuDeviceGetAttribute(out var minor, MinorAttribute, device);
            var (free, total) = Memory(device);
            return new(index, Marshal.PtrToStringUTF8((nint)name) ?? "CUDA device", major, minor, free, total);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return Unknown(index);
        }
    }

    private static CudaDeviceInfo Unknown(int index) => new(index, "CUDA device", 0, 0, -1, -1);

    // The figures belong to a context: libtorch's own, which is the device's primary one.
    private static (long Free, long Total) Memory(int device)
    {
        if (cuDevicePrimaryCtxRetain(out var context, device) != 0) return (-1, -1);
        var pushed = cuCtxPushCurrent_v2(context) == 0;
        var told = pushed && cuMemGetInfo_v2(out var free, out var total) == 0 ? ((long)free, (long)total) : (-1L, -1L);
        if (pushed) _ = cuCtxPopCurrent_v2(out _);
        _ = cuDevicePrimaryCtxRelease_v2(device);
        return told;
    }

    [LibraryImport(Driver)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Driver)]
    private static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Driver)]
    private static unsafe partial int cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Driver)]
    private static partial int cuDeviceGetAttribute(out int value, int attribute, int device);

    [LibraryImport(Driver)]
    private static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Driver)]
    private static partial int cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Driver)]
    private static partial int cuCtxPushCurrent_v2(nint context);

    [LibraryImport(Driver)]
    private static partial int cuCtxPopCurrent_v2(out nint context);

    [LibraryImport(Driver)]
    private static partial int cuMemGetInfo_v2(out nuint free, out nuint total);
}
