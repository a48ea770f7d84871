using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => Native.ts_cuda_device_count();

        public static void manual_seed(long seed) => _ = torch.manual_seed(seed);

        public static void manual_seed_all(long seed) => _ = torch.manual_seed(seed);

        /// <summary>Waits until the device has done all work given to it.</summary>
        public static void synchronize(Device? device = null) =>
            Errors.Check(Native.ts_cuda_synchronize(device is null ? -1 : device.index));
    }

    public static int get_num_threads() => Native.ts_num_threads();

    public static void set_num_threads(int num) => Errors.Check(Native.ts_set_num_threads(num));

    public static int get_num_interop_threads() => Native.ts_num_interop_threads();

    public static void set_num_interop_threads(int num) => Errors.Check(Native.ts_set_num_interop_threads(num));
}
