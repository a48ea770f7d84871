using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PluginHost.Torch.Native;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// The 2-norm over all elements of all gradients. On the CPU it is summed in chunks of a fixed size, so that its bits do not depend
/// on the thread count.
/// </summary>
internal static unsafe class GradientNorm
{
    private const int Chunk = 1 << 15, Block = 1024;

    private struct Part
    {
        internal float* Start;
        internal int Count;
        internal double Sum;
    }

    /// <summary>Whether the kernel can be used for these.</summary>
    internal static bool Takes(IReadOnlyList<Tensor> gradients) => Memory.IsAvailable
        && gradients.All(static g => g.device_type == TorchSharp.DeviceType.CPU && g.dtype == ScalarType.Float32 && g.is_contiguous());

    /// <summary>By the kernel; a float32 contiguous CPU tensor each.</summary>
    internal static double Of(IReadOnlyList<Tensor> gradients)
    {
        var parts = new List<Part>();
        foreach (var gradient in gradients)
        {
            var data = (float*)Memory.Of(gradient);
            for (long start = 0, count = gradient.numel(); start < count; start += Chunk)
                parts.Add(new Part { Start = data + start, Count = (int)Math.Min(Chunk, count - start) });
        }

        fixed (Part* first = CollectionsMarshal.AsSpan(parts)) ParallelLoop.For(parts.Count, 1, &Sum, first);
        GC.KeepAlive(gradients);
        var total = 0.0;
        foreach (var part in parts) total += part.Sum;
        return Math.Sqrt(total);
    }

    /// <summary>By single operators, on any device: no axes, float32.</summary>
    internal static Tensor Composite(IEnumerable<Tensor> gradients) =>
        stack(gradients.Select(static g => g.to(ScalarType.Float32).norm()).ToArray()).norm();

    [UnmanagedCallersOnly]
    private static void Sum(long begin, long end, void* context)
    {
        for (var i = begin; i < end; i++)
        {
            ref var part = ref ((Part*)context)[i];
            // Single precision inside a block, double precision from block to block; lanes of 8 whatever the vectors' width.
            for (var start = 0; start < part.Count; start += Block)
                part.Sum += BlockSum(part.Start + start, Math.Min(Block, part.Count - start));
        }
    }

    private static float BlockSum(float* data, int count)
    {
        var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        for (; i <= count - 16; i += 16)
        {
            var (x, y) = (Vector256.Load(data + i), Vector256.Load(data + i + 8));
            a += x * x;
            b += y * y;
        }

        var sum = Vector256.Sum(a + b);
        for (; i < count; i++) sum += data[i] * data[i];
        return sum;
    }
}
