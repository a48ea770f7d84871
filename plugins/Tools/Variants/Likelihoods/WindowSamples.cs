namespace PluginHost.Plugins.Variants.Likelihoods;

/// <summary>Makes samples of windows, with the fields that a tokenizer's template asks for.</summary>
internal sealed class WindowSamples
{
    private readonly Dictionary<string, object> fields = new(StringComparer.Ordinal);

    /// <summary>Reads fields as <c>KEY=VALUE</c>.</summary>
    /// <exception cref="UsageException">One is written otherwise, or twice.</exception>
    public WindowSamples(IEnumerable<string> written)
    {
        foreach (var field in written)
            if (field.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value])
                throw new UsageException($"--data {field}: write KEY=VALUE, for example species=Homo_sapiens.");
            else if (!fields.TryAdd(key, value)) throw new UsageException($"--data {field}: '{key}' has a value already.");
    }

    /// <summary>One short window, to learn of a model what it has.</summary>
    public Sample Probe => Of(string.Concat(Enumerable.Repeat("ACGTTGCA", 4)));

    /// <summary>A window as a sample.</summary>
    public Sample Of(string sequence) => new("window", sequence) { Fields = fields };
}
