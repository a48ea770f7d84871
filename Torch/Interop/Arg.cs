using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch.Interop;

/// <summary>The native side's 16-byte tagged argument.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeArg
{
    public ArgTag Tag;
    public int Length;
    public nint Bits;
}

/// <summary>One argument of an operator call: a value, or a managed object that must outlive the call.</summary>
internal readonly struct Arg
{
    public readonly ArgTag Tag;
    public readonly long Bits;
    public readonly object? Owner;

    private Arg(ArgTag tag, long bits, object? owner)
    {
        Tag = tag;
        Bits = bits;
        Owner = owner;
    }

    /// <summary>The schema's own default for this position.</summary>
    public static Arg Default => default;

    public static Arg None => new(ArgTag.None, 0, null);

    public static implicit operator Arg(Tensor? value) => new(value is null ? ArgTag.None : ArgTag.Tensor, 0, value);
    public static implicit operator Arg(int value) => new(ArgTag.Int, value, null);
    public static implicit operator Arg(long value) => new(ArgTag.Int, value, null);
    public static implicit operator Arg(double value) => new(ArgTag.Double, BitConverter.DoubleToInt64Bits(value), null);
    public static implicit operator Arg(bool value) => new(ArgTag.Bool, value ? 1 : 0, null);
    public static implicit operator Arg(long? value) => value is { } v ? (Arg)v : None;
    public static implicit operator Arg(double? value) => value is { } v ? (Arg)v : None;
    public static implicit operator Arg(bool? value) => value is { } v ? (Arg)v : None;
    public static implicit operator Arg(ScalarType value) => new(ArgTag.Int, (long)value, null);
    public static implicit operator Arg(ScalarType? value) => value is { } v ? (Arg)v : None;
    public static implicit operator Arg(long[]? value) => new(value is null ? ArgTag.None : ArgTag.Ints, 0, value);
    public static implicit operator Arg(double[]? value) => new(value is null ? ArgTag.None : ArgTag.Doubles, 0, value);
    public static implicit operator Arg(Tensor?[]? value) => new(value is null ? ArgTag.None : ArgTag.Tensors, 0, value);
    public static implicit operator Arg(string? value) => new(value is null ? ArgTag.None : ArgTag.String, 0, value);
    public static implicit operator Arg(Generator? value) => new(value is null ? ArgTag.None : ArgTag.Generator, 0, value);
    public static implicit operator Arg(Scalar? value) => value is null ? None : value.ToArg();

    public static implicit operator Arg(Device? value) =>
        value is null ? None : new(ArgTag.Device, ((long)value.type << 32) | (uint)value.index, null);
}
