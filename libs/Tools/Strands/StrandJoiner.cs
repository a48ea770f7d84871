using System.Diagnostics.CodeAnalysis;

namespace PluginHost.Libs.Tools.Strands;

/// <summary>Puts what batches give in whatever order into that of the source, and joins both strands where both were read.</summary>
/// <param name="bothStrands">Whether places are those of a <see cref="StrandedSource"/>.</param>
/// <param name="join">The forward strand's and the reverse one's.</param>
public sealed class StrandJoiner<T>(bool bothStrands, Func<T, T, T> join)
{
    private readonly Dictionary<long, T> waiting = [];
    private long next;

    /// <summary>Sequences that were taken.</summary>
    public long Taken => next;

    /// <summary>The source to read: of both strands where those are asked for.</summary>
    public ISampleSource Read(ISampleSource source) => bothStrands ? new StrandedSource(source) : source;

    /// <summary>Adds what was computed at a place of what <see cref="Read"/> gives.</summary>
    public void Add(long place, T value) => waiting.Add(place, value);

    /// <summary>The next sequence's, once it is whole.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T value)
    {
        var first = bothStrands ? 2 * next : next;
        value = default;
        if ((bothStrands && !waiting.ContainsKey(first + 1)) || !waiting.Remove(first, out var forward)) return false;
        value = bothStrands && waiting.Remove(first + 1, out var reverse) ? join(forward, reverse) : forward;
        next++;
        return true;
    }
}
