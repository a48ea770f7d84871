using TorchSharp;
using static TorchSharp.torch;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>
/// Mixed precision: while entered, matrix products of float32 tensors on a device run in a shorter type. State is
/// thread-local: do not hold it across an await. TorchSharp 0.107 has no such API; there <see cref="IsSupported"/> is
/// false for every type but float32.
/// </summary>
public static class Autocast
{
    /// <summary>Whether <see cref="Enter"/> can do this; it says nothing of speed (see <see cref="Hardware.HasNativeBf16"/>).</summary>
    public static bool IsSupported(Device device, ScalarType dtype) => dtype == ScalarType.Float32 || (
#if TORCHSHARP
        false
#else
        device.type switch
        {
            DeviceType.CPU => dtype == ScalarType.BFloat16,
            DeviceType.CUDA => cuda.is_available() && dtype is ScalarType.BFloat16 or ScalarType.Float16,
            _ => false,
        }
#endif
    );

    /// <summary>Enters autocast until the result is disposed, on this thread. Float32 turns autocast off.</summary>
    /// <exception cref="NotSupportedException">The device cannot compute in that type.</exception>
    public static IDisposable Enter(Device device, ScalarType dtype)
    {
        if (!IsSupported(device, dtype))
            throw new NotSupportedException($"autocast to {dtype} is not supported on {device} by this tensor library; use float32");
#if TORCHSHARP
        return Nothing.Instance;
#else
        return new Region(device.type, dtype);
#endif
    }

    /// <summary>Turns autocast off on a device until the result is disposed, on this thread.</summary>
    public static IDisposable Disable(Device device) => Enter(device, ScalarType.Float32);

    /// <summary>Whether autocast is on for the device on this thread.</summary>
    public static bool IsEnabled(Device device) =>
#if TORCHSHARP
        false;

    private sealed class Nothing : IDisposable
    {
        internal static readonly Nothing Instance = new();

        public void Dispose() { }
    }
#else
        Native.ts_autocast_enabled((int)device.type) != 0;

    private sealed class Region : IDisposable
    {
        private readonly int device;
        private readonly int wasEnabled;
        private readonly int wasType;
        private readonly int thread = Environment.CurrentManagedThreadId;
        private bool left;

        internal Region(DeviceType type, ScalarType dtype)
        {
            device = (int)type;
            wasEnabled = Native.ts_autocast_enabled(device);
            wasType = Native.ts_autocast_dtype(device);
            Native.ts_autocast_enter();
            var on = dtype != ScalarType.Float32;
            Errors.Check(Native.ts_autocast_set(device, on ? 1 : 0, on ? (int)dtype : wasType));
        }

        public void Dispose()
        {
            if (left) return;
            if (thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("autocast must be left on the thread that entered it");
            left = true;
            Native.ts_autocast_exit();
            Errors.Check(Native.ts_autocast_set(device, wasEnabled, wasType));
        }
    }
#endif
}
