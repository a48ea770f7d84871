using System.ComponentModel.DataAnnotations;
using System.Reflection;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>What the help says of an option.</summary>
internal static class OptionText
{
    // Longer lists of choices would push the help texts to the right edge.
    private const int MostChoices = 30;

    /// <summary>What the value is called: as the class says, by its choices, or by the option's name.</summary>
    public static string ValueName(OptionProperty property) =>
        property.Property.GetCustomAttribute<ValueNameAttribute>()?.Name ?? Choices(property.Type) ?? property.Name.ToUpperInvariant();

    /// <summary>The help text, then what is not seen from it: the type of figures, limits, and the default.</summary>
    public static string Help(OptionProperty property, object usual)
    {
        List<string> facts = [];
        if (!SpeaksForItself(property)) facts.Add(TypeNames.Short(property.Type));
        facts.AddRange(property.Limits.Where(l => l is not RequiredAttribute).Select(Limits.Describe).Where(text => text.Length > 0));
        // A flag is off and a text left out unless given; only what would surprise is worth a word.
        var value = property.Property.GetValue(usual);
        if (value is not (null or false or "") && Defaults.Describe(value) is not "none" and var text) facts.Add($"default: {text}");
        return facts.Count == 0 ? property.Help : $"{property.Help} [{string.Join("; ", facts)}]";
    }

    private static bool SpeaksForItself(OptionProperty property)
    {
        var type = TypeNames.ListElement(property.Type) ?? property.Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(bool) || (type == property.Type && Choices(type) is not null);
    }

    private static string? Choices(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var choices = type.IsEnum ? string.Join('|', Enum.GetNames(type).Select(TypeNames.Kebab)) : "";
        return choices.Length is > 0 and <= MostChoices ? choices : null;
    }
}
