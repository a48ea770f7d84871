using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>libtorch's thread pools.</summary>
public static class Threads
{
    /// <summary>Threads inside one operation. Set to <see cref="PhysicalCores"/> when the native library loads.</summary>
    public static int Count
    {
        get => get_num_threads();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            set_num_threads(value);
        }
    }

    /// <summary>Threads for independent operations. libtorch lets it be set once, before any is started.</summary>
    public static int Interop
    {
        get => get_num_interop_threads();
        set => set_num_interop_threads(value);
    }

    /// <summary>What <see cref="Count"/> starts from: <c>OMP_NUM_THREADS</c> as given, or <see cref="PhysicalCores"/>.</summary>
    internal static int Wanted { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var asked) && asked > 0 ? asked : PhysicalCores;

    /// <summary>Physical cores this process may use (at least 1).</summary>
    public static int PhysicalCores => Topology.PhysicalCores;
}
