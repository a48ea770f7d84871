using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>The name of a device.</summary>
internal sealed partial class DeviceAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string name && DeviceName().IsMatch(name) ? null
            : new ValidationResult($"must be auto, cpu or cuda:N (for example cuda:0), but is '{value}'.");

    [GeneratedRegex("^(auto|cpu|cuda(:[0-9]{1,3})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}
