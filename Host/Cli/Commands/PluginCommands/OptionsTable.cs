using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>The options of a class as a table: name, type, default, limits, help.</summary>
internal static class OptionsTable
{
    /// <summary>The table.</summary>
    public static ResultTable Of(Type options)
    {
        var table = new ResultTable("", ["option", "type", "default", "limits", "what it does"]) { Alignment = ColumnAlignment.Words };
        Add(table, options, "", depth: 0);
        return table;
    }

    private static void Add(ResultTable table, Type options, string prefix, int depth)
    {
        var usual = Activator.CreateInstance(options);
        foreach (var property in OptionProperty.Of(options))
        {
            var value = property.Property.GetValue(usual);
            var type = IsNested(property.Type) ? "map" : TypeNames.Short(property.Type);
            table.Add(prefix + property.Name, type, Default(value), Limits.Describe(property), property.Help);
            // Options inside options, but not for ever: a class may hold its own kind.
            if (depth >= 3) continue;
            if (IsNested(property.Type)) Add(table, property.Type, $"{prefix}{property.Name}.", depth + 1);
            else if (TypeNames.ListElement(property.Type) is { } element && IsNested(element))
                Add(table, element, $"{prefix}{property.Name}[].", depth + 1);
        }
    }

    private static string Default(object? value) => value switch
    {
        null => "none",
        string { Length: 0 } => "empty",
        string text => text,
        ComponentSpec spec => spec.Use,
        System.Collections.IDictionary { Count: 0 } => "none",
        System.Collections.IDictionary map => string.Join(", ", map.Keys.Cast<object>()),
        System.Collections.IEnumerable list =>
            string.Join(", ", list.Cast<object?>().Select(Limits.Show)) is { Length: > 0 } text ? text : "none",
        _ when IsNested(value.GetType()) => "see below",
        _ => Limits.Show(value),
    };

    private static bool IsNested(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(object) && type != typeof(ComponentSpec)
        && TypeNames.ListElement(type) is null && TypeNames.DictionaryValue(type) is null;
}
