namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>Numbers names in the order they come.</summary>
/// <param name="comparer">Which names are one.</param>
internal sealed class Numbered(IEqualityComparer<string> comparer)
{
    private readonly Dictionary<string, int> numbers = new(comparer);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Names that were taken for one that came before, with that one.</summary>
    public IEnumerable<(string Name, string First)> Others => others.Select(o => (o, names[numbers[o]]));

    /// <summary>The number of a name: a new one for a new name.</summary>
    public int Of(string name)
    {
        if (numbers.TryGetValue(name, out var number))
        {
            if (names[number] != name) others.Add(name);
            return number;
        }
        names.Add(name);
        return numbers[name] = names.Count - 1;
    }
}
