using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Plugins.Options;

/// <summary>What is wrong with a document: gathered, so that one look shows it all.</summary>
public sealed class Problems
{
    private const int Shown = 10;
    private readonly List<string> all = [];

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => all.Count > 0;

    /// <summary>Adds one.</summary>
    /// <param name="place">Where.</param>
    /// <param name="sentence">What, and what is allowed.</param>
    public void Add(Place place, string sentence)
    {
        var where = place.ToString();
        all.Add(where.Length == 0 ? sentence : $"{where}: {sentence}");
    }

    /// <summary>Adds what another failure says.</summary>
    public void Add(UsageException failure) => all.Add(failure.Message);

    /// <summary>Ends in one failure that says everything, one line each.</summary>
    /// <exception cref="UsageException">There are any.</exception>
    public void ThrowIfAny()
    {
        if (!Any) return;
        var distinct = all.Distinct().ToList();
        var more = distinct.Count > Shown ? $"\n... and {distinct.Count - Shown} more." : "";
        throw new UsageException(string.Join('\n', distinct.Take(Shown)) + more);
    }
}
