using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>Sequences, each once, as samples.</summary>
internal sealed class DistinctWindows : ISampleSource
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> sequences = [];

    /// <summary>Takes the windows of pairs.</summary>
    public DistinctWindows(IEnumerable<WindowPair> pairs)
    {
        foreach (var pair in pairs)
            foreach (var sequence in (string[])[pair.Reference.Sequence, pair.Alternative.Sequence])
                if (places.TryAdd(sequence, sequences.Count)) sequences.Add(sequence);
    }

    /// <inheritdoc/>
    public long Count => sequences.Count;

    /// <summary>In order of their places.</summary>
    public IReadOnlyList<string> Sequences => sequences;

    /// <summary>The place of a sequence.</summary>
    public int this[AlleleWindow window] => places[window.Sequence];

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => new("window", sequences[(int)index]);
}
