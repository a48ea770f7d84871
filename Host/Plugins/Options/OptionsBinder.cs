using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Plugins.Options;

/// <summary>
/// Binds what was written to an options class, strictly: an unknown name, a wrong type or a value out of range is an error that says what
/// is allowed.
/// </summary>
public static class OptionsBinder
{
    /// <summary>Binds and validates.</summary>
    /// <exception cref="UsageException">Everything that is wrong, one line each.</exception>
    /// <param name="options">The options class.</param>
    /// <param name="written">What was written.</param>
    /// <param name="nameOf">How the user writes an option, for those that are missing; as in a pipeline unless given.</param>
    public static object Bind(Type options, MapNode written, Func<OptionProperty, string>? nameOf = null)
    {
        var problems = new Problems();
        var bound = Create(options);
        Fill(bound, written, problems, nameOf);
        problems.ThrowIfAny();
        return bound;
    }

    /// <summary>Binds and validates, gathering problems. The result is of use only if none were added.</summary>
    public static object Bind(Type options, MapNode written, Problems problems)
    {
        var bound = Create(options);
        Fill(bound, written, problems);
        return bound;
    }

    internal static void Fill(object options, MapNode written, Problems problems, Func<OptionProperty, string>? nameOf = null)
    {
        var properties = OptionProperty.Of(options.GetType());
        foreach (var (key, node) in written.Entries)
        {
            if (properties.FirstOrDefault(p => p.Name == key || p.Property.Name == key) is not { } property)
                problems.Add(written.Place with { Line = node.Place.Line, Source = node.Place.Source },
                    Unknown(key, options.GetType(), properties));
            else if (ValueBinder.TryConvert(property.Type, property.IsNullable, node, property.Property.GetValue(options), problems,
                out var value))
                property.Property.SetValue(options, value);
        }
        OptionsValidator.Validate(options, written, problems, nameOf);
    }

    internal static object Create(Type options)
    {
        try
        {
            return Activator.CreateInstance(options)!;
        }
        catch (Exception e)
        {
            throw new PluginException($"The options class {options.FullName} cannot be created: {Causes.Of(e)}", e);
        }
    }

    private static string Unknown(string key, Type options, IReadOnlyList<OptionProperty> properties)
    {
        var names = properties.Select(p => p.Name).ToList();
        return names.Count == 0
            ? $"unknown option '{key}'; there are none."
            : $"unknown option '{key}'; {options.Name} has: {string.Join(", ", names)}{Nearest.Hint(key, names)}.";
    }
}
