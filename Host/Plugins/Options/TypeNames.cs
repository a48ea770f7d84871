using System.Text;

namespace PluginHost.Host.Plugins.Options;

/// <summary>Option types in words.</summary>
public static class TypeNames
{
    /// <summary>"a whole number", "true or false", "one of truncate, error", ...</summary>
    public static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (ScalarBinder.IsInteger(type)) return "a whole number";
        if (type == typeof(float) || type == typeof(double) || type == typeof(decimal)) return "a number";
        if (type.IsEnum) return "one of " + string.Join(", ", Enum.GetNames(type).Select(Kebab));
        if (type == typeof(ComponentSpec)) return "a component, { use: NAME, ... }";
        if (DictionaryValue(type) is { } value) return $"a map of names to {Plural(value)}";
        if (ListElement(type) is { } element) return $"a list of {Plural(element)}";
        return type == typeof(object) ? "any value" : $"a map with the options of {type.Name}";
    }

    /// <summary>As <see cref="Describe"/>, short: for tables.</summary>
    public static string Short(Type type)
    {
        var text = Describe(type);
        foreach (var article in (string[])["a ", "one of "])
            if (text.StartsWith(article, StringComparison.Ordinal)) text = text[article.Length..];
        return text;
    }

    /// <summary><c>WholeWord</c> as <c>whole-word</c>.</summary>
    public static string Kebab(string name)
    {
        var result = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) result.Append('-');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    /// <summary>The element type of a list type, or null.</summary>
    public static Type? ListElement(Type type)
    {
        if (type.IsArray) return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        if (!type.IsGenericType) return null;
        var open = type.GetGenericTypeDefinition();
        return open == typeof(List<>) || open == typeof(IList<>) || open == typeof(ICollection<>) || open == typeof(IEnumerable<>)
            || open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>)
            ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>The value type of a dictionary type with text keys, or null.</summary>
    public static Type? DictionaryValue(Type type)
    {
        if (!type.IsGenericType) return null;
        var open = type.GetGenericTypeDefinition();
        var isMap = open == typeof(Dictionary<,>) || open == typeof(IDictionary<,>) || open == typeof(IReadOnlyDictionary<,>);
        return isMap && type.GetGenericArguments()[0] == typeof(string) ? type.GetGenericArguments()[1] : null;
    }

    /// <summary>Whether a value of the type can be written in a pipeline.</summary>
    public static bool CanBeWritten(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object) || type == typeof(ComponentSpec) || ScalarBinder.Takes(type)) return true;
        if (DictionaryValue(type) is { } value) return CanBeWritten(value);
        if (ListElement(type) is { } element) return CanBeWritten(element);
        return type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is not null
            && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type);
    }

    private static string Plural(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "texts";
        if (type == typeof(bool)) return "truth values";
        if (ScalarBinder.IsInteger(type)) return "whole numbers";
        if (type == typeof(float) || type == typeof(double) || type == typeof(decimal)) return "numbers";
        if (type == typeof(ComponentSpec)) return "components";
        if (ListElement(type) is { } element) return $"lists of {Plural(element)}";
        return type.IsEnum ? $"names ({string.Join(", ", Enum.GetNames(type).Select(Kebab))})" : type == typeof(object) ? "values" : "maps";
    }
}
