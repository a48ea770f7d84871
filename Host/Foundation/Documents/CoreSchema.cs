using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Foundation.Documents;

/// <summary>What an unquoted scalar means: the core schema of YAML 1.2 (section 10.3.2).</summary>
public static partial class CoreSchema
{
    /// <summary>Empty, <c>~</c> or <c>null</c>.</summary>
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>A truth value, or null for anything else. <c>yes</c> and <c>on</c> are text, as YAML 1.2 has it.</summary>
    public static bool? Bool(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>A whole number in decimal, <c>0x</c> or <c>0o</c>, or null for anything else.</summary>
    public static Int128? Integer(string text)
    {
        if (text.Length > 40) return null;
        if (Decimal().IsMatch(text)) return Int128.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Hex().IsMatch(text)) return Int128.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return Octal().IsMatch(text) ? text.Skip(2).Aggregate(Int128.Zero, (sum, digit) => sum * 8 + (digit - '0')) : null;
    }

    /// <summary>A number, or null for anything else.</summary>
    public static double? Float(string text)
    {
        if (Integer(text) is { } whole) return (double)whole;
        if (Real().IsMatch(text)) return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return text.ToLowerInvariant() switch
        {
            ".inf" or "+.inf" => double.PositiveInfinity,
            "-.inf" => double.NegativeInfinity,
            ".nan" => double.NaN,
            _ => null,
        };
    }

    /// <summary>Null, bool, long, double or the text itself.</summary>
    public static object? Resolve(string text)
    {
        if (IsNull(text)) return null;
        if (Bool(text) is { } flag) return flag;
        if (Integer(text) is { } whole && whole >= long.MinValue && whole <= long.MaxValue) return (long)whole;
        return Float(text) is { } real ? real : text;
    }

    // Lengths are bounded so that a hostile digit string costs nothing.
    [GeneratedRegex(@"^[-+]?[0-9]{1,37}$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex(@"^0o[0-7]{1,21}$", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Real();
}
