using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace PluginHost.PluginKit;

/// <summary>Binds option values to an options class and validates it, as the host does, without the host's care for messages.</summary>
internal static class OptionBinder
{
    public static object Bind(Type type, IReadOnlyDictionary<string, object?> with)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var (name, value) in with)
        {
            var property = type.GetProperty(char.ToUpperInvariant(name[0]) + name[1..])
                ?? throw new UsageException(
                    $"unknown option '{name}'; {type.Name} has: {string.Join(", ", type.GetProperties().Select(p => p.Name))}.");
            property.SetValue(options, Convert(value, property.PropertyType));
        }
        var failures = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
            throw new UsageException(string.Join(" ", failures.Select(f => f.ErrorMessage)));
        return options;
    }

    /// <summary>The options that have to be given and are not, as a pipeline writes them.</summary>
    public static IReadOnlyList<string> Missing(Type type, IReadOnlyDictionary<string, object?> with)
    {
        var options = Activator.CreateInstance(type)!;
        return [.. type.GetProperties()
            .Where(p => p.GetCustomAttribute<RequiredAttribute>() is { } required && !required.IsValid(p.GetValue(options))
                && !with.Keys.Any(k => string.Equals(k, p.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])];
    }

    private static object? Convert(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || type.IsInstanceOfType(value)) return value;
        if (type == typeof(ComponentSpec)) return Examples.Spec(value);
        if (value is IReadOnlyDictionary<string, object?> nested && type is { IsClass: true, IsAbstract: false } && type != typeof(string)
            && !typeof(IEnumerable).IsAssignableFrom(type))
            return Bind(type, nested);
        if (type.IsEnum) return Enum.Parse(type, value.ToString()!.Replace("-", ""), ignoreCase: true);
        if (type.IsArray && value is IEnumerable list)
        {
            var items = list.Cast<object?>().Select(item => Convert(item, type.GetElementType()!)).ToArray();
            var array = Array.CreateInstance(type.GetElementType()!, items.Length);
            items.CopyTo(array, 0);
            return array;
        }
        return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }
}
