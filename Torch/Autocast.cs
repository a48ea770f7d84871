using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// Mixed precision, which TorchSharp 0.107 lacks: while entered, matrix products of float32 tensors on a device run in a shorter
/// type. State is thread-local: do not hold it across an await. Where libtorch's functions cannot be found,
/// <see cref="IsSupported"/> is false for every type but float32.
/// </summary>
public static unsafe class Autocast
{
    /// <summary>Whether libtorch's switches were found.</summary>
    public static bool IsAvailable { get; } = EntryPoints.All(
        EntryPoints.AutocastEnabled, EntryPoints.SetAutocastEnabled, EntryPoints.AutocastType, EntryPoints.SetAutocastType,
        EntryPoints.EnterAutocast, EntryPoints.LeaveAutocast, EntryPoints.ClearAutocastCache);

    /// <summary>Whether <see cref="Enter"/> can do this; it says nothing of speed (see <see cref="Hardware.HasNativeBf16"/>).</summary>
    public static bool IsSupported(Device device, ScalarType dtype) => dtype == ScalarType.Float32 || (IsAvailable && device.type switch
    {
        DeviceType.CPU => dtype == ScalarType.BFloat16,
        DeviceType.CUDA => cuda.is_available() && dtype is ScalarType.BFloat16 or ScalarType.Float16,
        _ => false,
    });

    /// <summary>Enters autocast until the result is disposed, on this thread. Float32 turns autocast off.</summary>
    /// <exception cref="NotSupportedException">The device cannot compute in that type.</exception>
    public static IDisposable Enter(Device device, ScalarType dtype)
    {
        if (!IsSupported(device, dtype))
            throw new NotSupportedException($"autocast to {dtype} is not supported on {device} by this tensor library; use float32");
        return new Region(device.type, dtype);
    }

    /// <summary>Turns autocast off on a device until the result is disposed, on this thread.</summary>
    public static IDisposable Disable(Device device) => Enter(device, ScalarType.Float32);

    /// <summary>Whether autocast is on for the device on this thread.</summary>
    public static bool IsEnabled(Device device) => IsAvailable && Knows(device.type) && IsOn((sbyte)device.type);

    /// <summary>
    /// A tensor in the type that products will run in: the conversion is then made once for all products that read it, and once for
    /// the sum of their gradients. The tensor itself where autocast is off.
    /// </summary>
    /// <returns>A new handle either way.</returns>
    public static Tensor Shared(Tensor input) => IsEnabled(input.device) && input.dtype == ScalarType.Float32
        ? input.to_type((ScalarType)TypeOf((sbyte)input.device_type)) : input.alias();

    private static sbyte TypeOf(sbyte device) => ((delegate* unmanaged<sbyte, sbyte>)EntryPoints.AutocastType)(device);

    // libtorch throws for others, and nothing would catch it.
    private static bool Knows(DeviceType type) => type is DeviceType.CPU or DeviceType.CUDA;

    // Device types and element types are small integers of the same values in libtorch and in TorchSharp.
    private static bool IsOn(sbyte device) => (((delegate* unmanaged<sbyte, byte>)EntryPoints.AutocastEnabled)(device) & 1) != 0;

    private static void Set(sbyte device, bool on, sbyte type)
    {
        ((delegate* unmanaged<sbyte, sbyte, void>)EntryPoints.SetAutocastType)(device, type);
        ((delegate* unmanaged<sbyte, byte, void>)EntryPoints.SetAutocastEnabled)(device, on ? (byte)1 : (byte)0);
    }

    private sealed class Region : IDisposable
    {
        private readonly sbyte device;
        private readonly bool isKnown;
        private readonly bool wasOn;
        private readonly sbyte wasType;
        private readonly int thread = Environment.CurrentManagedThreadId;
        private bool left;

        internal Region(DeviceType type, ScalarType dtype)
        {
            device = (sbyte)type;
            isKnown = IsAvailable && Knows(type);
            if (!isKnown) return;
            wasOn = IsOn(device);
            wasType = TypeOf(device);
            ((delegate* unmanaged<int>)EntryPoints.EnterAutocast)();
            var on = dtype != ScalarType.Float32;
            Set(device, on, on ? (sbyte)dtype : wasType);
        }

        public void Dispose()
        {
            if (left) return;
            if (thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("autocast must be left on the thread that entered it");
            left = true;
            if (!isKnown) return;
            // Weights cast under autocast are cached until the outermost region ends.
            if (((delegate* unmanaged<int>)EntryPoints.LeaveAutocast)() == 0) ((delegate* unmanaged<void>)EntryPoints.ClearAutocastCache)();
            Set(device, wasOn, wasType);
        }
    }
}
