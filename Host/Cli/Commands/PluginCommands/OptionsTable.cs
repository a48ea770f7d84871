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
            var type = Defaults.IsNested(property.Type) ? "map" : TypeNames.Short(property.Type);
            table.Add(prefix + property.Name, type, Defaults.Describe(value), Limits.Describe(property), property.Help);
            // Options inside options, but not for ever: a class may hold its own kind.
            if (depth >= 3) continue;
            if (Defaults.IsNested(property.Type)) Add(table, property.Type, $"{prefix}{property.Name}.", depth + 1);
            else if (TypeNames.ListElement(property.Type) is { } element && Defaults.IsNested(element))
                Add(table, element, $"{prefix}{property.Name}[].", depth + 1);
        }
    }
}
