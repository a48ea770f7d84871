using System.ComponentModel;
using System.Reflection;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What a user reads of a component before it is built.</summary>
internal static class DescriptionRules
{
    /// <summary>Name, summary and every option are described; all that are not are named at once.</summary>
    public static Rule Of(Offer offer) => new("descriptions", () =>
    {
        var missing = Undescribed(offer.Options, "", []).ToList();
        Require(missing.Count == 0, $"without a [Description], which is the help text: {string.Join(", ", missing)}.");
        Require(offer.Summary.TrimEnd().Length > 0, "it has no summary.");
        Require(offer.Summary.TrimEnd().EndsWith('.'), "its summary is no sentence: it ends without a full stop.");
    });

    private static IEnumerable<string> Undescribed(Type options, string prefix, HashSet<Type> seen)
    {
        if (!seen.Add(options)) yield break;
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0) continue;
            var name = prefix + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (string.IsNullOrWhiteSpace(property.GetCustomAttribute<DescriptionAttribute>()?.Description)) yield return name;
            if (Nested(property.PropertyType) is { } nested)
                foreach (var inner in Undescribed(nested, name + ".", seen)) yield return inner;
        }
    }

    /// <summary>A class with options of its own: one of the same assembly as its holder's, or a list of such.</summary>
    private static Type? Nested(Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GetGenericArguments()[^1] : type;
        return element is { IsClass: true, IsAbstract: false } && element.Namespace?.StartsWith("System", StringComparison.Ordinal) == false
            && element != typeof(ComponentSpec) && element.GetConstructor(Type.EmptyTypes) is not null ? element : null;
    }
}
