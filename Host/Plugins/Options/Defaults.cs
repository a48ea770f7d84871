using System.Collections;

namespace PluginHost.Host.Plugins.Options;

/// <summary>Default values in words.</summary>
internal static class Defaults
{
    /// <summary>"none", "empty", "42", "a, b", ...</summary>
    public static string Describe(object? value) => value switch
    {
        null => "none",
        string { Length: 0 } => "empty",
        string text => text,
        ComponentSpec spec => spec.Use,
        IDictionary { Count: 0 } => "none",
        IDictionary map => string.Join(", ", map.Keys.Cast<object>()),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Limits.Show)) is { Length: > 0 } text ? text : "none",
        _ when IsNested(value.GetType()) => "see below",
        _ => Limits.Show(value),
    };

    /// <summary>Whether an option of this type has options of its own.</summary>
    public static bool IsNested(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(object) && type != typeof(ComponentSpec)
        && TypeNames.ListElement(type) is null && TypeNames.DictionaryValue(type) is null;
}
