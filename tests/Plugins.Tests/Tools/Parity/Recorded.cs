using System.Runtime.InteropServices;
using System.Text.Json;
using PluginHost.Plugins.Tests.BertEncoder;

namespace PluginHost.Plugins.Tests.Tools.Parity;

using static TorchSharp.torch;

/// <summary>Numbers that Golden/tools/recording.py wrote, computed in float64, against those of float32.</summary>
internal static class Recorded
{
    /// <summary>Of the largest value; steps of float32 are 6e-8, and a model adds up some hundreds of them.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>A list of whole numbers.</summary>
    public static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetInt32())];

    /// <summary>A list of numbers.</summary>
    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>The shape of an array.</summary>
    public static int[] Shape(JsonElement recorded) => Integers(recorded.GetProperty("shape"));

    /// <summary>An array one by one; null where only its sums were kept.</summary>
    public static float[]? Values(JsonElement recorded) => recorded.TryGetProperty("values", out var values)
        ? MemoryMarshal.Cast<byte, float>(values.GetBytesFromBase64()).ToArray() : null;

    /// <summary>An array, one by one or by its sums.</summary>
    public static void Agrees(string name, JsonElement recorded, Tensor actual)
    {
        Assert.Equal(Shape(recorded).Select(n => (long)n), actual.shape);
        Agrees(name, recorded, actual.contiguous().data<float>().ToArray());
    }

    /// <inheritdoc cref="Agrees(string, JsonElement, Tensor)"/>
    public static void Agrees(string name, JsonElement recorded, float[] actual)
    {
        if (Values(recorded) is { } values)
        {
            Agrees(name, values, actual);
            return;
        }
        Assert.Equal(Shape(recorded).Aggregate((a, b) => a * b), actual.Length);
        var sums = Numbers(recorded.GetProperty("sums"));
        var weights = Formula.Uniform("checksum", actual.Length);
        Near($"{name}, sizes", sums[0], actual.Sum(v => Math.Abs((double)v)), sums[0]);
        Near($"{name}, weighted", sums[1], actual.Zip(weights, (v, w) => v * w).Sum(), sums[0]);
    }

    /// <summary>Values one by one.</summary>
    public static void Agrees(string name, float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Near($"{name}[{i}]", expected[i], actual[i], largest);
    }

    /// <summary>One number.</summary>
    /// <param name="name">For the message.</param>
    /// <param name="expected">Recorded.</param>
    /// <param name="actual">Computed.</param>
    /// <param name="size">What the tolerance is a share of.</param>
    public static void Near(string name, double expected, double actual, double size) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * size, $"{name} is {actual}, not {expected}; the size is {size}.");

    /// <summary>A logarithm of a likelihood: a sum of terms of about 1.</summary>
    public static void LikelihoodAgrees(string name, double expected, double actual) =>
        Near(name, expected, actual, Math.Max(1, Math.Abs(expected)));
}
