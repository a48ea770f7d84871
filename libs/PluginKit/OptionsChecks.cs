using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

/// <summary>What the contract asks of every options class.</summary>
public static class OptionsChecks
{
    /// <summary>Every option has a help text, every limit is kept, and the name and summary read well.</summary>
    /// <param name="offer">Under test.</param>
    /// <param name="required">Options without which the component cannot be built; null if the defaults suffice.</param>
    public static void Run(Offer offer, object? required = null)
    {
        Require(offer.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or ' '),
            $"'{offer.Name}' must be lower-case words joined by hyphens.");
        Require(offer.Summary.EndsWith('.'), $"{offer.Name}: the summary must be a sentence.");
        var written = required?.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(required)) ?? [];
        OptionBinder.Bind(offer.Options, written);
        foreach (var property in offer.Options.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
        {
            Require(property.GetCustomAttribute<DescriptionAttribute>() is not null,
                $"{offer.Name}: option {property.Name} has no [Description].");
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range) continue;
            var minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            var maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
            foreach (var outside in new[] { minimum - 1, maximum + 1 }) Rejects(offer, written, property, outside);
        }
    }

    private static void Rejects(Offer offer, IDictionary<string, object?> written, PropertyInfo property, double value)
    {
        var with = new Dictionary<string, object?>(written, StringComparer.OrdinalIgnoreCase) { [property.Name] = value };
        try
        {
            OptionBinder.Bind(offer.Options, with);
        }
        catch (Exception e) when (e is UsageException or OverflowException)
        {
            return;
        }
        throw new ConformanceException($"{offer.Name}: option {property.Name} accepts {value}, which its [Range] rules out.");
    }
}
