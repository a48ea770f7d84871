namespace PluginHost.PluginKit;

/// <summary>What a component is tried with: the options it needs, and what goes with it.</summary>
public sealed record Example
{
    /// <summary>Option names and values, as in a pipeline. Default: none.</summary>
    public IReadOnlyDictionary<string, object?> Options { get; init; } = new Dictionary<string, object?>();

    /// <summary>The tokenizer beside it. Default: the plugin's own if it has one, else a token a base.</summary>
    public ComponentSpec? Tokenizer { get; init; }

    /// <summary>The architecture beside it. Default: the plugin's own if it has one, else <see cref="SmallBackbone"/>.</summary>
    public ComponentSpec? Architecture { get; init; }

    /// <summary>
    /// Fields of the samples beside <see cref="Sample.LabelField"/>: each one's values go to the samples in turn. "{sequence}" in a text
    /// stands for the sequence itself; "{numbers}" for a number for each of its bases.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<object>> Fields { get; init; } =
        new Dictionary<string, IReadOnlyList<object>>();

    /// <summary>False for a tokenizer that is documented to lose bases: then decoding is not tried. Default true.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Gives samples the fields.</summary>
    internal IReadOnlyList<Sample> Label(IReadOnlyList<Sample> samples) => [.. samples.Select((sample, i) => sample with
    {
        Fields = sample.Fields.Concat(Fields.Select(f => KeyValuePair.Create(f.Key, Value(f.Value[i % f.Value.Count], sample))))
            .GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Last().Value),
    })];

    private static object Value(object value, Sample sample) => value switch
    {
        "{numbers}" => Enumerable.Range(0, sample.Sequence.Length).Select(i => MathF.Sin(i)).ToArray(),
        string text => text.Replace("{sequence}", sample.Sequence, StringComparison.Ordinal),
        long number => (double)number,
        _ => value,
    };
}
