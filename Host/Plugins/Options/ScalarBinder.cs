using System.Globalization;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Plugins.Options;

/// <summary>Converts single values: text, truth values, numbers and names.</summary>
internal static class ScalarBinder
{
    private static readonly Dictionary<Type, (Int128 Min, Int128 Max)> integers = new()
    {
        [typeof(sbyte)] = (sbyte.MinValue, sbyte.MaxValue), [typeof(byte)] = (byte.MinValue, byte.MaxValue),
        [typeof(short)] = (short.MinValue, short.MaxValue), [typeof(ushort)] = (ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = (int.MinValue, int.MaxValue), [typeof(uint)] = (uint.MinValue, uint.MaxValue),
        [typeof(long)] = (long.MinValue, long.MaxValue), [typeof(ulong)] = (ulong.MinValue, ulong.MaxValue),
    };

    /// <summary>Whether a type is written as a single value.</summary>
    public static bool Takes(Type type) =>
        type == typeof(string) || type == typeof(bool) || type == typeof(float) || type == typeof(double) || type == typeof(decimal)
        || type.IsEnum || integers.ContainsKey(type);

    /// <summary>Whether a type is a whole number.</summary>
    public static bool IsInteger(Type type) => integers.ContainsKey(type);

    /// <summary>The complaint about a value that is not a single one.</summary>
    public static string Wrong(Type type, Node node, out object? value)
    {
        value = null;
        return $"must be {TypeNames.Describe(type)}, but is {node.Describe()}.";
    }

    /// <summary>Converts; returns null, or the complaint.</summary>
    public static string? Convert(Type type, ScalarNode node, out object? value)
    {
        var text = node.Text;
        value = null;
        if (type == typeof(string)) value = text;
        else if (type.IsEnum) return ToEnum(type, text, out value);
        else if (node.Quoted) return CoreSchema.Resolve(text) is string or null ? Wrong(type, node, out value)
            : $"must be {TypeNames.Describe(type)}, but is {node.Describe()}: remove the quotes.";
        else if (type == typeof(bool)) value = CoreSchema.Bool(text);
        else if (integers.TryGetValue(type, out var limits)) return ToInteger(type, limits, node, out value);
        else return ToReal(type, node, out value);
        return value is null ? Wrong(type, node, out value) : null;
    }

    private static string? ToInteger(Type type, (Int128 Min, Int128 Max) limits, ScalarNode node, out object? value)
    {
        value = null;
        if (CoreSchema.Integer(node.Text) is not { } number)
        {
            var whole = CoreSchema.Float(node.Text) is { } real && real == Math.Floor(real) && Math.Abs(real) < 1e15 ? real : (double?)null;
            var plain = node.Text.Replace("_", "").Replace(",", "");
            var write = whole is { } w ? w.ToString("F0", CultureInfo.InvariantCulture) : CoreSchema.Integer(plain) is not null ? plain
                : null;
            return Wrong(type, node, out value).TrimEnd('.') + (write is null ? "." : $"; write {write}.");
        }
        if (number < limits.Min || number > limits.Max)
            return $"must be a whole number from {limits.Min} to {limits.Max}, but is {number}.";
        value = System.Convert.ChangeType(number <= long.MaxValue ? (long)number : (object)(ulong)number, type,
            CultureInfo.InvariantCulture);
        return null;
    }

    private static string? ToReal(Type type, ScalarNode node, out object? value)
    {
        value = null;
        // Infinite numbers are for options whose limits allow them: OptionsValidator sees to that.
        if (CoreSchema.Float(node.Text) is not { } number || double.IsNaN(number) || (double.IsInfinity(number) && type != typeof(double)))
            return Wrong(type, node, out value);
        if (type == typeof(double)) value = number;
        else if (type == typeof(float) && Math.Abs(number) <= float.MaxValue)
            value = float.Parse(node.Text.StartsWith("0x", StringComparison.Ordinal)
                || node.Text.StartsWith("0o", StringComparison.Ordinal) ? number.ToString("R", CultureInfo.InvariantCulture)
                : node.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        else if (type == typeof(decimal) && Math.Abs(number) < 7e28)
            value = decimal.Parse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value is null ? $"is too large: {number.ToString(CultureInfo.InvariantCulture)}." : null;
    }

    private static string? ToEnum(Type type, string text, out object? value)
    {
        var names = Enum.GetNames(type);
        var found = Array.Find(names, n =>
            Nearest.Plain(n) == Nearest.Plain(text) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
        value = found is null ? null : Enum.Parse(type, found);
        if (found is not null) return null;
        var allowed = names.Select(TypeNames.Kebab).ToList();
        return $"must be one of {string.Join(", ", allowed)}, but is '{text}'{Nearest.Hint(text, allowed)}.";
    }
}
