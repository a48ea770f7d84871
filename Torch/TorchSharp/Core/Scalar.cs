using PluginHost.Torch.Interop;

namespace TorchSharp;

/// <summary>A dynamically typed number. Held by value: there is no native object behind it.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double real;
    private readonly long integer;

    internal Scalar(double value, torch.ScalarType type = torch.ScalarType.Float64)
    {
        real = value;
        integer = double.IsFinite(value) ? (long)value : 0;
        Type = type;
    }

    internal Scalar(long value, torch.ScalarType type = torch.ScalarType.Int64)
    {
        real = value;
        integer = value;
        Type = type;
    }

    internal Scalar(bool value) : this(value ? 1 : 0, torch.ScalarType.Bool) { }

    /// <summary>The element type the number was made from.</summary>
    public torch.ScalarType Type { get; }

    internal double Real => real;

    internal long Integer => integer;

    // The casts keep each kind: without them the conditional would turn every number into a double.
    internal Arg ToArg() => Type == torch.ScalarType.Bool ? (Arg)(integer != 0)
        : torch.is_integral(Type) ? (Arg)integer : (Arg)real;

    public static implicit operator Scalar(byte value) => new(value, torch.ScalarType.Byte);
    public static implicit operator Scalar(sbyte value) => new(value, torch.ScalarType.Int8);
    public static implicit operator Scalar(short value) => new(value, torch.ScalarType.Int16);
    public static implicit operator Scalar(int value) => new(value, torch.ScalarType.Int32);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float16);
    public static implicit operator Scalar(float value) => new(value, torch.ScalarType.Float32);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(value);

    /// <summary>Does nothing: kept because TorchSharp's scalars are native objects.</summary>
    public void Dispose() { }

    public override string ToString() => Type == torch.ScalarType.Bool ? (integer != 0).ToString()
        : torch.is_integral(Type) ? integer.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : real.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
