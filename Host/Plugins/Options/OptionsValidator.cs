using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Plugins.Options;

/// <summary>Checks the limits of options: their DataAnnotations, then <see cref="IValidatableObject"/>.</summary>
internal static class OptionsValidator
{
    /// <summary>Checks one options object; nested ones were checked when they were filled.</summary>
    public static void Validate(object options, MapNode written, Problems problems, Func<OptionProperty, string>? nameOf)
    {
        var complained = false;
        foreach (var property in OptionProperty.Of(options.GetType()))
        {
            var value = property.Property.GetValue(options);
            var context = new ValidationContext(options) { MemberName = property.Property.Name, DisplayName = property.Name };
            if (IsInfinite(value) && !property.Limits.OfType<RangeAttribute>().Any(r => r.Maximum is double.PositiveInfinity))
            {
                complained = true;
                problems.Add(PlaceOf(property), "must be a finite number.");
                continue;
            }
            foreach (var limit in property.Limits)
            {
                if (limit.GetValidationResult(value, context) is not { } failure) continue;
                complained = true;
                problems.Add(PlaceOf(property), Limits.Complain(limit, value, failure, property.Name));
                break;
            }
        }
        if (complained || options is not IValidatableObject whole) return;
        foreach (var failure in whole.Validate(new ValidationContext(options)))
        {
            var member = OptionProperty.Of(options.GetType()).FirstOrDefault(p => failure.MemberNames.Contains(p.Property.Name));
            problems.Add(member is null ? written.Place : PlaceOf(member), failure.ErrorMessage ?? "is not valid.");
        }

        static bool IsInfinite(object? value) => value switch
        {
            double number => double.IsInfinity(number),
            IEnumerable<double> numbers => numbers.Any(double.IsInfinity),
            IEnumerable<KeyValuePair<string, double>> named => named.Any(n => double.IsInfinity(n.Value)),
            _ => false,
        };

        Place PlaceOf(OptionProperty property) => (written[property.Name] ?? written[property.Property.Name])?.Place
            ?? (nameOf is null ? written.Place.At(property.Name) : new Place("", 0, nameOf(property)));
    }
}
