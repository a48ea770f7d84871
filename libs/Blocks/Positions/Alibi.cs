using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Libs.Blocks.Positions;

using static TorchSharp.torch;

/// <summary>
/// Attention with linear biases (Press et al. 2022) as encoders use it: a score falls with the distance between two tokens, and no sequence
/// is too long.
/// </summary>
public static class Alibi
{
    /// <summary>
    /// The slope of each head: 2^(-8 h / H) for h = 1 to H when H is a power of two; otherwise those of the largest power of two below H,
    /// then every second slope of twice that power.
    /// </summary>
    /// <param name="heads">Attention heads H, at least 1.</param>
    public static double[] Slopes(int heads)
    {
        var power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)heads);
        if (power == heads) return Geometric(heads);
        var below = power / 2;
        return [.. Geometric(below), .. Geometric(power).Where((_, i) => i % 2 == 0).Take(heads - below)];
    }

    /// <summary>
    /// What is added to attention scores: minus slope times |i - j|, and -10,000 where a head does not look: "1 H T T", float32.
    /// </summary>
    /// <param name="shape">Heads H, their slopes and which side they look at.</param>
    /// <param name="length">Tokens T.</param>
    /// <param name="device">Where it is made.</param>
    public static Tensor Bias(AlibiShape shape, long length, Device device)
    {
        using var scope = NewDisposeScope();
        var places_T = arange(length, dtype: ScalarType.Float32, device: device);
        var steps_TT = places_T.unsqueeze(0) - places_T.unsqueeze(1);
        var slopes_1H11 = tensor(shape.Slopes().Select(s => (float)-s).ToArray(), [1L, shape.Heads, 1L, 1L]).to(device);
        var bias_1HTT = slopes_1H11 * steps_TT.abs();
        if (shape.View == AlibiView.Directed)
        {
            var sides_1H11 = tensor(Enumerable.Range(0, shape.Heads).Select(h => h % 2 == 0 ? 1f : -1f).ToArray(),
                [1L, shape.Heads, 1L, 1L]).to(device);
            bias_1HTT = bias_1HTT.masked_fill((sides_1H11 * steps_TT).greater(0), AttentionMask.Unseen);
        }
        return bias_1HTT.MoveToOuterDisposeScope();
    }

    private static double[] Geometric(int heads) => [.. Enumerable.Range(1, heads).Select(h => Math.Pow(2, -8.0 * h / heads))];
}
