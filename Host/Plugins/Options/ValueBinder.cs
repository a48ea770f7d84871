using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Plugins.Options;

/// <summary>Converts one written value to the type of an option.</summary>
internal static class ValueBinder
{
    /// <summary>Converts, or adds a problem and returns false.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="nullable">Whether nothing is a value.</param>
    /// <param name="node">What was written.</param>
    /// <param name="existing">The default, which a nested options class starts from.</param>
    /// <param name="problems">Where to complain.</param>
    /// <param name="value">The result.</param>
    public static bool TryConvert(Type type, bool nullable, Node node, object? existing, Problems problems, out object? value)
    {
        value = null;
        if (node is ScalarNode { IsNull: true })
        {
            if (nullable || type == typeof(object)) return true;
            problems.Add(node.Place, $"no value is given; write {TypeNames.Describe(type)}, or leave the key out for the default.");
            return false;
        }
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object)) return Done(node.ToValue(), out value);
        if (type == typeof(ComponentSpec)) return ToSpec(node, problems, out value);
        if (ScalarBinder.Takes(type)) return ToScalar(type, node, problems, out value);
        if (TypeNames.DictionaryValue(type) is { } valueType) return ToDictionary(type, valueType, node, problems, out value);
        if (TypeNames.ListElement(type) is { } element) return ToList(type, element, node, problems, out value);
        return ToNested(type, node, existing, problems, out value);
    }

    private static bool ToSpec(Node node, Problems problems, out object? value)
    {
        value = null;
        try
        {
            value = SpecNodes.Read(node);
            return true;
        }
        catch (UsageException e)
        {
            problems.Add(e);
            return false;
        }
    }

    private static bool ToScalar(Type type, Node node, Problems problems, out object? value)
    {
        var complaint = node is ScalarNode scalar
            ? ScalarBinder.Convert(type, scalar, out value)
            : ScalarBinder.Wrong(type, node, out value);
        if (complaint is null) return true;
        problems.Add(node.Place, complaint);
        return false;
    }

    private static bool ToList(Type type, Type element, Node node, Problems problems, out object? value)
    {
        value = null;
        // One value may stand for a list of one.
        var items = node switch
        {
            ListNode list => list.Items,
            ScalarNode or MapNode when !(node is MapNode && ScalarBinder.Takes(element)) => [node],
            _ => null,
        };
        if (items is null)
        {
            problems.Add(node.Place, $"must be {TypeNames.Describe(type)}, but is {node.Describe()}.");
            return false;
        }
        var array = Array.CreateInstance(element, items.Count);
        var good = true;
        for (var i = 0; i < items.Count; i++)
        {
            good &= TryConvert(element, nullable: false, items[i], null, problems, out var item);
            if (good) array.SetValue(item, i);
        }
        if (good) value = type.IsArray || type.IsInterface ? array : Activator.CreateInstance(type, array);
        return good;
    }

    private static bool ToDictionary(Type type, Type element, Node node, Problems problems, out object? value)
    {
        value = null;
        if (node is not MapNode map)
        {
            problems.Add(node.Place, $"must be {TypeNames.Describe(type)}, but is {node.Describe()}.");
            return false;
        }
        var result =
            (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        var good = true;
        foreach (var (key, item) in map.Entries)
        {
            good &= TryConvert(element, nullable: element == typeof(object), item, null, problems, out var converted);
            if (good) result[key] = converted;
        }
        if (good) value = result;
        return good;
    }

    private static bool ToNested(Type type, Node node, object? existing, Problems problems, out object? value)
    {
        value = null;
        if (!TypeNames.CanBeWritten(type))
            throw new PluginException($"{node.Place}: the option has type {type}, which cannot be written in a pipeline; its plugin must "
                + "use plain values, lists, string-keyed dictionaries, plain classes or ComponentSpec.");
        if (node is not MapNode map)
        {
            problems.Add(node.Place, $"must be a map with the options of {type.Name}, but is {node.Describe()}.");
            return false;
        }
        value = existing ?? OptionsBinder.Create(type);
        OptionsBinder.Fill(value, map, problems);
        return true;
    }

    private static bool Done(object? result, out object? value)
    {
        value = result;
        return true;
    }
}
