using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>The argument or option of one property, as the parser takes it. Values stay text: the binder reads them.</summary>
internal static class OptionSymbols
{
    /// <summary>An argument; one that may be left out if the property's default will do.</summary>
    public static Argument Argument(OptionProperty property, PositionalAttribute named, object usual)
    {
        var required = IsRequired(property, usual);
        Argument argument = TypeNames.ListElement(property.Type) is null
            ? new Argument<string>(named.Name) { Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne }
            : new Argument<string[]>(named.Name) { Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore };
        argument.Description = property.Help;
        return argument;
    }

    /// <summary>An option under its kebab-case name.</summary>
    public static Option Option(OptionProperty property, object usual, bool alsoCamelCase)
    {
        var kebab = "--" + TypeNames.Kebab(property.Property.Name);
        List<string> aliases = [];
        if (property.Property.GetCustomAttribute<ShortNameAttribute>() is { } known) aliases.Add(known.Name);
        if (alsoCamelCase && "--" + property.Name is var camel && camel != kebab) aliases.Add(camel);
        // The parser gives a flag no word that is neither true nor false, so that an argument may follow it.
        var isFlag = (Nullable.GetUnderlyingType(property.Type) ?? property.Type) == typeof(bool);
        Option option = isFlag
            ? new Option<bool>(kebab, [.. aliases])
            : new Option<string[]>(kebab, [.. aliases]) { Arity = ArgumentArity.OneOrMore, HelpName = OptionText.ValueName(property) };
        option.Description = OptionText.Help(property, usual);
        option.Required = IsRequired(property, usual);
        option.AllowMultipleArgumentsPerToken = property.Property.IsDefined(typeof(SeveralAttribute));
        return option;
    }

    /// <summary>Whether the default will not do.</summary>
    private static bool IsRequired(OptionProperty property, object usual) => property.Limits.Any(
        limit => limit is RequiredAttribute or MinLengthAttribute && !limit.IsValid(property.Property.GetValue(usual)));
}
