using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>The state of the CPU's default generator as plain bytes, for checkpoints.</summary>
public static class RandomState
{
    /// <summary>The whole state; restoring it repeats every later draw exactly.</summary>
    public static byte[] Get()
    {
        using var state = get_rng_state();
        return state.data<byte>().ToArray();
    }

    /// <summary>Restores what <see cref="Get"/> returned.</summary>
    public static void Set(byte[] state)
    {
        using var tensor = torch.tensor(state);
        set_rng_state(tensor);
    }

    /// <summary>Draws 63 bits from the CPU's default generator: the seed of one random mask.</summary>
    internal static ulong Draw()
    {
        using var drawn = randint(long.MaxValue, [1], ScalarType.Int64, CPU);
        return (ulong)drawn.item<long>();
    }

    /// <summary>Seeds every default generator.</summary>
    public static void Seed(long seed) => manual_seed(seed);
}
