using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>0, which switches something off, or a number in a range.</summary>
internal sealed class ZeroOrAttribute(double least, double most) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return number == 0 || (number >= least && number <= most) ? null
            : new ValidationResult(FormattableString.Invariant($"must be 0, or {least} to {most}, but is {number}."));
    }
}
