using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PluginHost.Torch.Native;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>Counter-based dropout over raw memory: parallel, vectorised, the same whatever the threads and the vectors' width.</summary>
internal static unsafe class DropoutKernel
{
    /// <summary>Whether it can be used here; by single operators otherwise.</summary>
    internal static bool IsAvailable { get; } = Memory.IsAvailable && ParallelLoop.IsAvailable;

    /// <summary>Whether it has this element type.</summary>
    internal static bool Takes(ScalarType type) => type is ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float64;

    private struct Work
    {
        internal void* Input, Output;
        internal long Count;
        internal ulong Seed;
        internal uint Threshold;
        internal double Scale;
    }

    /// <summary>Fills <paramref name="output"/> with what stays of <paramref name="input"/>, divided by 1 - p.</summary>
    /// <param name="input">Contiguous, on the CPU.</param>
    /// <param name="output">Contiguous, of the same type and size; may be the input.</param>
    /// <param name="p">The share dropped: above 0, below 1.</param>
    /// <param name="seed">The mask's seed.</param>
    internal static void Run(Tensor input, Tensor output, double p, ulong seed)
    {
        var work = new Work
        {
            Input = Memory.Of(input), Output = Memory.Of(output), Count = input.numel(), Seed = seed,
            Threshold = DropoutMask.Threshold(p), Scale = 1 / (1 - p),
        };
        delegate* unmanaged<long, long, void*, void> kernel = input.dtype switch
        {
            ScalarType.Float32 => &Float,
            ScalarType.BFloat16 => &BFloat16,
            _ => &Double,
        };
        ParallelLoop.For((work.Count + DropoutMask.Block - 1) / DropoutMask.Block, 4, kernel, &work);
        GC.KeepAlive(input);
        GC.KeepAlive(output);
    }

    [UnmanagedCallersOnly]
    private static void Float(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (var block = begin; block < end; block++)
        {
            var key = DropoutMask.Key(work.Seed, block);
            var start = block * DropoutMask.Block;
            var count = (int)Math.Min(DropoutMask.Block, work.Count - start);
            Float((float*)work.Input + start, (float*)work.Output + start, count, key.First, key.Second, work.Threshold, (float)work.Scale);
        }
    }

    private static void Float(float* input, float* output, int count, uint first, uint second, uint threshold, float scale)
    {
        var (firsts, seconds, thresholds) = (new Vector<uint>(first), new Vector<uint>(second), new Vector<uint>(threshold));
        var (places, step) = (Vector<uint>.Indices, new Vector<uint>((uint)Vector<uint>.Count));
        var i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count, places += step)
        {
            var stays = Vector.GreaterThanOrEqual(DropoutMask.Hash(places, firsts, seconds), thresholds);
            var scaled = Vector.Load(input + i) * scale;
            Vector.Store(Vector.ConditionalSelect(Vector.AsVectorSingle(stays), scaled, Vector<float>.Zero), output + i);
        }

        for (; i < count; i++) output[i] = DropoutMask.Hash((uint)i, first, second) >= threshold ? input[i] * scale : 0;
    }

    [UnmanagedCallersOnly]
    private static void BFloat16(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (var block = begin; block < end; block++)
        {
            var key = DropoutMask.Key(work.Seed, block);
            var start = block * DropoutMask.Block;
            var count = (int)Math.Min(DropoutMask.Block, work.Count - start);
            var (input, output) = ((nint)work.Input + (nint)(2 * start), (nint)work.Output + (nint)(2 * start));
            BFloat16((ushort*)input, (ushort*)output, count, key.First, key.Second, work.Threshold, (float)work.Scale);
        }
    }

    private static void BFloat16(ushort* input, ushort* output, int count, uint first, uint second, uint threshold, float scale)
    {
        var (firsts, seconds, thresholds) = (new Vector<uint>(first), new Vector<uint>(second), new Vector<uint>(threshold));
        var (places, step) = (Vector<uint>.Indices, new Vector<uint>((uint)Vector<uint>.Count));
        var i = 0;
        for (; i <= count - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.Load(input + i), out var low, out var high);
            low = Drop(low, places);
            places += step;
            high = Drop(high, places);
            places += step;
            Vector.Store(Vector.Narrow(low, high), output + i);
        }

        for (; i < count; i++)
            output[i] = DropoutMask.Hash((uint)i, first, second) >= threshold ? Round(Widen(input[i]) * scale) : (ushort)0;

        Vector<uint> Drop(Vector<uint> bits, Vector<uint> at)
        {
            var scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(bits << 16) * scale);
            return Round(scaled) & Vector.GreaterThanOrEqual(DropoutMask.Hash(at, firsts, seconds), thresholds);
        }
    }

    [UnmanagedCallersOnly]
    private static void Double(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var input = (double*)work.Input;
        var output = (double*)work.Output;
        for (var block = begin; block < end; block++)
        {
            var key = DropoutMask.Key(work.Seed, block);
            var start = block * DropoutMask.Block;
            var count = (int)Math.Min(DropoutMask.Block, work.Count - start);
            for (var i = 0; i < count; i++)
                output[start + i] = DropoutMask.Hash((uint)i, key.First, key.Second) >= work.Threshold ? input[start + i] * work.Scale : 0;
        }
    }

    private static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    // To nearest, ties to even; a NaN stays one by its quiet bit.
    private static ushort Round(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Round(Vector<uint> bits)
    {
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        var isNaN = Vector.GreaterThan(bits & new Vector<uint>(0x7FFFFFFF), new Vector<uint>(0x7F800000));
        return Vector.ConditionalSelect(isNaN, (bits >>> 16) | new Vector<uint>(0x40), rounded);
    }
}
