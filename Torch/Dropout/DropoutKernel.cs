using System.Numerics;
using System.Runtime.InteropServices;
using PluginHost.Torch.Native;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>Counter-based dropout over raw memory: parallel, vectorised, the same whatever the threads and the vectors' width.</summary>
internal static unsafe class DropoutKernel
{
    /// <summary>Whether it can be used here; single operators otherwise.</summary>
    internal static bool IsAvailable { get; } = Memory.IsAvailable && ParallelLoop.IsAvailable;

    private struct Work
    {
        internal byte* Input, Output, Residual;
        internal long Count;
        internal ulong Seed;
        internal uint Threshold;
        internal float Scale;
    }

    /// <summary>Whether it has this way from one element type to another.</summary>
    internal static bool Takes(ScalarType from, ScalarType to) => IsShortOrSingle(from) && IsShortOrSingle(to);

    private static bool IsShortOrSingle(ScalarType type) => type is ScalarType.Float32 or ScalarType.BFloat16;

    /// <summary>Fills <paramref name="output"/> with what stays of <paramref name="input"/>, divided by 1 - p, and adds to it.</summary>
    /// <param name="input">Contiguous, on the CPU.</param>
    /// <param name="output">Contiguous, of the same size.</param>
    /// <param name="p">The share dropped: 0 or more, below 1.</param>
    /// <param name="seed">The mask's seed.</param>
    /// <param name="residual">Added: contiguous, of the same size and float32, as the output then is; null for nothing.</param>
    internal static void Run(Tensor input, Tensor output, double p, ulong seed, Tensor? residual = null)
    {
        var work = new Work
        {
            Input = (byte*)Memory.Of(input), Output = (byte*)Memory.Of(output),
            Residual = residual is null ? null : (byte*)Memory.Of(residual), Count = input.numel(), Seed = seed,
            Threshold = DropoutMask.Threshold(p), Scale = (float)(1 / (1 - p)),
        };
        delegate* unmanaged<long, long, void*, void> kernel = (input.dtype, output.dtype) switch
        {
            (ScalarType.Float32, ScalarType.Float32) => &SingleToSingle,
            (ScalarType.Float32, _) => &SingleToShort,
            (_, ScalarType.Float32) => &ShortToSingle,
            _ => &ShortToShort,
        };
        ParallelLoop.For((work.Count + DropoutMask.Block - 1) / DropoutMask.Block, 4, kernel, &work);
        GC.KeepAlive(input);
        GC.KeepAlive(output);
        GC.KeepAlive(residual);
    }

    [UnmanagedCallersOnly]
    private static void SingleToSingle(long begin, long end, void* work) => Blocks<Float32Element, Float32Element>(begin, end, (Work*)work);

    [UnmanagedCallersOnly]
    private static void SingleToShort(long begin, long end, void* work) => Blocks<Float32Element, BFloat16Element>(begin, end, (Work*)work);

    [UnmanagedCallersOnly]
    private static void ShortToSingle(long begin, long end, void* work) => Blocks<BFloat16Element, Float32Element>(begin, end, (Work*)work);

    [UnmanagedCallersOnly]
    private static void ShortToShort(long begin, long end, void* work) => Blocks<BFloat16Element, BFloat16Element>(begin, end, (Work*)work);

    private static void Blocks<TIn, TOut>(long begin, long end, Work* work)
        where TIn : IDropoutElement
        where TOut : IDropoutElement
    {
        var (from, to) = (typeof(TIn) == typeof(Float32Element) ? 4 : 2, typeof(TOut) == typeof(Float32Element) ? 4 : 2);
        for (var block = begin; block < end; block++)
        {
            var start = block * DropoutMask.Block;
            var residual = work->Residual is null ? null : (float*)work->Residual + start;
            Block<TIn, TOut>(work->Input + (start * from), work->Output + (start * to), residual,
                (int)Math.Min(DropoutMask.Block, work->Count - start), DropoutMask.Key(work->Seed, block), work->Threshold, work->Scale);
        }
    }

    private static void Block<TIn, TOut>(
        void* input, void* output, float* residual, int count, (uint First, uint Second) key, uint threshold, float scale)
        where TIn : IDropoutElement
        where TOut : IDropoutElement
    {
        var (firsts, seconds, thresholds) = (new Vector<uint>(key.First), new Vector<uint>(key.Second), new Vector<uint>(threshold));
        var (width, step) = (Vector<float>.Count, new Vector<uint>((uint)Vector<float>.Count));
        var (i, places) = (0, Vector<uint>.Indices);
        for (; i <= count - (2 * width); i += 2 * width)
        {
            TIn.Load(input, i, out var low, out var high);
            low = Keep(low);
            high = Keep(high);
            if (residual is not null)
            {
                low += Vector.Load(residual + i);
                high += Vector.Load(residual + i + width);
            }

            TOut.Store(output, i, low, high);
        }

        for (; i < count; i++)
        {
            var kept = DropoutMask.Hash((uint)i, key.First, key.Second) >= threshold ? TIn.Get(input, i) * scale : 0;
            TOut.Set(output, i, residual is null ? kept : kept + residual[i]);
        }

        Vector<float> Keep(Vector<float> values)
        {
            var stays = Vector.GreaterThanOrEqual(DropoutMask.Hash(places, firsts, seconds), thresholds);
            places += step;
            return Vector.ConditionalSelect(Vector.AsVectorSingle(stays), values * scale, Vector<float>.Zero);
        }
    }
}
