using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PluginHost.Host.Plugins.Options;

/// <summary>DataAnnotations in words.</summary>
public static class Limits
{
    /// <summary>What an option may be: "1 to 8", "at least 0", "required"; empty if anything of its type.</summary>
    public static string Describe(OptionProperty property) =>
        string.Join("; ", property.Limits.Select(Describe).Where(text => text.Length > 0));

    internal static string Complain(ValidationAttribute limit, object? value, ValidationResult failure, string name) => limit switch
    {
        RequiredAttribute => $"is required; give a value for '{name}'.",
        RangeAttribute or AllowedValuesAttribute or DeniedValuesAttribute => $"must be {Describe(limit)}, but is {Show(value)}.",
        MinLengthAttribute or MaxLengthAttribute or LengthAttribute or StringLengthAttribute =>
            $"must have {Describe(limit)}, but has {Count(value)}.",
        RegularExpressionAttribute => $"must {Describe(limit)}, but is {Show(value)}.",
        _ => failure.ErrorMessage ?? "is not valid.",
    };

    internal static string Describe(ValidationAttribute limit) => limit switch
    {
        RequiredAttribute => "required",
        RangeAttribute range => Describe(range),
        AllowedValuesAttribute allowed => "one of " + string.Join(", ", allowed.Values.Select(Show)),
        DeniedValuesAttribute denied => "none of " + string.Join(", ", denied.Values.Select(Show)),
        MinLengthAttribute min => $"at least {min.Length} {Noun(min.Length)}",
        MaxLengthAttribute max => $"at most {max.Length} {Noun(max.Length)}",
        LengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} entries",
        StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
        RegularExpressionAttribute pattern => $"match {pattern.Pattern}",
        _ => "",
    };

    private static string Describe(RangeAttribute range)
    {
        var (low, high) = (Show(range.Minimum), Show(range.Maximum));
        var unbounded = range.Maximum is int.MaxValue or >= (double)long.MaxValue;
        if (unbounded) return range.MinimumIsExclusive ? $"more than {low}" : $"at least {low}";
        if (range.MinimumIsExclusive && range.MaximumIsExclusive) return $"more than {low} and less than {high}";
        if (range.MinimumIsExclusive) return $"more than {low} and at most {high}";
        return range.MaximumIsExclusive ? $"at least {low} and less than {high}" : $"{low} to {high}";
    }

    internal static string Show(object? value) => value switch
    {
        null => "nothing",
        string { Length: 0 } => "empty",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        Enum name => TypeNames.Kebab(name.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static int Count(object? value) => value switch { string text => text.Length, ICollection list => list.Count, _ => 0 };

    private static string Noun(int count) => count == 1 ? "entry" : "entries";
}
