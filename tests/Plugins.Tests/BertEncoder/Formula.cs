using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PluginHost.Plugins.Tests.BertEncoder;

using static TorchSharp.torch;

/// <summary>The weights both sides compute, and how results are compared; mirrors Golden/bert_reference.py.</summary>
internal static class Formula
{
    /// <summary>Sets a parameter from its published name.</summary>
    public static void Fill(string name, Tensor parameter)
    {
        var values = Uniform(name, parameter.numel());
        var scale = name.Contains("embeddings") ? 0.5 : 1.5 / Math.Sqrt(parameter.shape[^1]);
        if (name.EndsWith("layernorm.weight", StringComparison.OrdinalIgnoreCase)) values = [.. values.Select(v => 1 + 0.2 * v)];
        else values = [.. values.Select(v => v * (name.EndsWith("bias") ? 0.1 : scale))];
        using var source = tensor(values.Select(v => (float)v).ToArray(), parameter.shape);
        using (no_grad()) parameter.copy_(source);
    }

    /// <summary>A tensor against what was recorded: in full, or two weighted sums. Within 1e-4 of the largest value.</summary>
    public static void Agrees(string name, JsonElement recorded, Tensor tensor)
    {
        var actual = tensor.contiguous().data<float>().ToArray();
        if (recorded.ValueKind == JsonValueKind.String)
        {
            var expected = MemoryMarshal.Cast<byte, float>(recorded.GetBytesFromBase64()).ToArray();
            Assert.Equal(expected.Length, actual.Length);
            var largest = expected.Max(Math.Abs);
            for (var i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4 * largest + 1e-6,
                    $"{name}[{i}] is {actual[i]}, not {expected[i]}; the largest is {largest}.");
            return;
        }
        var weights = Uniform("checksum", actual.Length);
        var size = recorded[0].GetDouble();
        // A softmax does not see what is added to all of its scores: the gradient of a key's bias is zero, and what is recorded is
        // rounding, which differs from processor to processor.
        if (name.EndsWith("self.key.bias", StringComparison.Ordinal))
        {
            Assert.True(actual.Max(Math.Abs) <= 1e-6, $"{name} has a gradient of {actual.Max(Math.Abs)}, and 0 is right.");
            return;
        }
        var slack = 1e-4 * size + 1e-5;
        var magnitudes = actual.Sum(v => Math.Abs((double)v));
        Assert.True(Math.Abs(magnitudes - size) <= slack, $"{name}: the magnitudes sum to {magnitudes}, not {size}.");
        var weighted = actual.Zip(weights, (v, w) => v * w).Sum();
        Assert.True(Math.Abs(weighted - recorded[1].GetDouble()) <= slack, $"{name}: the weighted sum is {weighted}, not {recorded[1]}.");
    }

    internal static double[] Uniform(string name, long count)
    {
        var salt = Crc32.HashToUInt32(System.Text.Encoding.ASCII.GetBytes(name));
        var values = new double[count];
        for (var i = 0L; i < count; i++)
        {
            var x = unchecked((uint)((ulong)i * 2654435761 + salt));
            x ^= x >> 16;
            x *= 0x7FEB352D;
            x ^= x >> 15;
            x *= 0x846CA68B;
            x ^= x >> 16;
            values[i] = x / 2147483648.0 - 1;
        }
        return values;
    }
}
