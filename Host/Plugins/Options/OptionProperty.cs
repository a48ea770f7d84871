using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace PluginHost.Host.Plugins.Options;

/// <summary>One option: a settable public property of an options class.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">What pipelines call it: the property's name with a small first letter.</param>
/// <param name="IsNullable">Whether it may be left without a value.</param>
public sealed record OptionProperty(PropertyInfo Property, string Name, bool IsNullable)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, IReadOnlyList<OptionProperty>> known = new();

    /// <summary>The property's type.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>Its help text; empty if it has none.</summary>
    public string Help => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    /// <summary>Its limits.</summary>
    public IEnumerable<ValidationAttribute> Limits => Property.GetCustomAttributes<ValidationAttribute>();

    /// <summary>The options of a class, in the order they are declared, those of base classes first.</summary>
    public static IReadOnlyList<OptionProperty> Of(Type options) => known.GetOrAdd(options, Find);

    private static IReadOnlyList<OptionProperty> Find(Type options)
    {
        var nullability = new NullabilityInfoContext();
        return [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { SetMethod.IsPublic: true, GetMethod: not null } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken)
            .Select(p => new OptionProperty(p, CamelCase(p.Name), nullability.Create(p).WriteState == NullabilityState.Nullable))];
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
