using System.Diagnostics.CodeAnalysis;

namespace PluginHost.Libs.Genomics.Names;

/// <summary>What belongs to chromosomes, found by the name that any file gives them.</summary>
public sealed class ChromosomeTable<T>
{
    private readonly Dictionary<string, T> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> spellings = new(ChromosomeName.Comparer);

    /// <summary>The names, as added.</summary>
    public IReadOnlyCollection<string> Names => exact.Keys;

    /// <summary>Adds a chromosome, unless that very name is there already.</summary>
    public bool TryAdd(string name, T value)
    {
        if (!exact.TryAdd(name, value)) return false;
        if (!spellings.TryGetValue(name, out var same)) spellings[name] = same = [];
        same.Add(name);
        return true;
    }

    /// <summary>Finds a chromosome: as written, else under another of its names.</summary>
    /// <param name="name">As another file writes it.</param>
    /// <param name="where">File and line that names it.</param>
    /// <param name="value">What was added for it.</param>
    /// <exception cref="DataException">Two are called so, and neither exactly.</exception>
    public bool TryFind(string name, string where, [MaybeNullWhen(false)] out T value)
    {
        if (exact.TryGetValue(name, out value)) return true;
        if (!spellings.TryGetValue(name, out var same)) return false;
        if (same.Count > 1)
            throw new DataException($"{where}: '{name}' may be {string.Join(" or ", same.Select(s => $"'{s}'"))}; write the one that is "
                + "meant.");
        value = exact[same[0]];
        return true;
    }
}
