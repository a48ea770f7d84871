using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A 16-bit float with float32's exponent range and 8 bits of precision.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct BFloat16 : IEquatable<BFloat16>
{
    private readonly ushort bits;

    private BFloat16(ushort raw, bool _) => bits = raw;

    /// <summary>Rounds to nearest, ties to even.</summary>
    public BFloat16(float value)
    {
        var wide = BitConverter.SingleToUInt32Bits(value);
        bits = float.IsNaN(value)
            ? (ushort)((wide >> 16) | 0x40)
            : (ushort)((wide + 0x7FFF + ((wide >> 16) & 1)) >> 16);
    }

    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue, false);

    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    public static explicit operator BFloat16(float value) => new(value);

    public static implicit operator float(BFloat16 value) => value.ToSingle();

    public bool Equals(BFloat16 other) => ToSingle().Equals(other.ToSingle());

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => bits;

    public override string ToString() => ToSingle().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
