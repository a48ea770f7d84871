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

        Place PlaceOf(OptionProperty property) => (written[property.Name] ?? written[property.Property.Name])?.Place
            ?? (nameOf is null ? written.Place.At(property.Name) : new Place("", 0, nameOf(property)));
    }
}
