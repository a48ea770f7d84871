namespace PluginHost.Host.Models;

/// <summary>Samples with fields that they lack.</summary>
/// <param name="inner">The samples.</param>
/// <param name="fields">Names and values; a sample's own go before them.</param>
internal sealed class FieldedSource(ISampleSource inner, IReadOnlyDictionary<string, object> fields) : ISampleSource
{
    /// <inheritdoc/>
    public long Count => inner.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut => inner.LeftOut;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => Fill(inner.Get(index, random), fields);

    /// <summary>A sample with the fields that it lacks.</summary>
    public static Sample Fill(Sample sample, IReadOnlyDictionary<string, object> fields)
    {
        if (fields.Keys.All(sample.Fields.ContainsKey)) return sample;
        var all = new Dictionary<string, object>(fields);
        foreach (var (name, value) in sample.Fields) all[name] = value;
        return sample with { Fields = all };
    }
}
