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

    /// <summary>Seeds every default generator.</summary>
    public static void Seed(long seed) => manual_seed(seed);
}
