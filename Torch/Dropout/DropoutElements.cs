using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginHost.Torch;

/// <summary>
/// How a kernel reads and writes numbers of one type; it computes in float32. Two vectors at a time, so that bfloat16 fills one.
/// </summary>
internal unsafe interface IDropoutElement
{
    static abstract void Load(void* from, int at, out Vector<float> low, out Vector<float> high);

    static abstract void Store(void* to, int at, Vector<float> low, Vector<float> high);

    static abstract float Get(void* from, int at);

    static abstract void Set(void* to, int at, float value);
}

/// <summary>float32.</summary>
internal readonly unsafe struct Float32Element : IDropoutElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(void* from, int at, out Vector<float> low, out Vector<float> high) =>
        (low, high) = (Vector.Load((float*)from + at), Vector.Load((float*)from + at + Vector<float>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* to, int at, Vector<float> low, Vector<float> high)
    {
        Vector.Store(low, (float*)to + at);
        Vector.Store(high, (float*)to + at + Vector<float>.Count);
    }

    public static float Get(void* from, int at) => ((float*)from)[at];

    public static void Set(void* to, int at, float value) => ((float*)to)[at] = value;
}

/// <summary>bfloat16 as raw bits: widened exactly, rounded to nearest with ties to even; a NaN stays one by its quiet bit.</summary>
internal readonly unsafe struct BFloat16Element : IDropoutElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(void* from, int at, out Vector<float> low, out Vector<float> high)
    {
        Vector.Widen(Vector.Load((ushort*)from + at), out var first, out var second);
        (low, high) = (Vector.AsVectorSingle(first << 16), Vector.AsVectorSingle(second << 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* to, int at, Vector<float> low, Vector<float> high) =>
        Vector.Store(Vector.Narrow(Round(Vector.AsVectorUInt32(low)), Round(Vector.AsVectorUInt32(high))), (ushort*)to + at);

    public static float Get(void* from, int at) => BitConverter.UInt32BitsToSingle((uint)((ushort*)from)[at] << 16);

    public static void Set(void* to, int at, float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        ((ushort*)to)[at] = (ushort)(float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Round(Vector<uint> bits)
    {
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        var isNaN = Vector.GreaterThan(bits & new Vector<uint>(0x7FFFFFFF), new Vector<uint>(0x7F800000));
        return Vector.ConditionalSelect(isNaN, (bits >>> 16) | new Vector<uint>(0x40), rounded);
    }
}
