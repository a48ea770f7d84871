namespace PluginHost.PluginKit.Rules;

/// <summary>A component under test: how it is built, and what it is built and tried with.</summary>
/// <param name="Offer">What its plugin registered.</param>
/// <param name="Bench">Builds it and what it needs.</param>
/// <param name="Examples">Options and company that the plugin's components are tried with.</param>
internal sealed record Subject(Offer Offer, Workbench Bench, Examples Examples)
{
    /// <summary>Kind and name.</summary>
    public string Name => NameOf(Offer);

    /// <summary>Its own.</summary>
    public Example Example => Examples[Name];

    /// <summary>Samples with the fields of the example: their lengths differ, and the shortest stands neither first nor last.</summary>
    public IReadOnlyList<Sample> Samples(int count = 8) =>
        Example.Label([.. SampleDna.Random(count, 12, 28, seed: 3).Select(Prompted)]);

    // A tokenizer may read more of a sample than its sequence.
    private Sample Prompted(Sample sample) => Bench.HasTokenizer
        ? sample with { Fields = new Dictionary<string, object>([.. Bench.Tokenizer.SampleFields, .. sample.Fields]) } : sample;

    /// <summary>Kind and name of a component on offer.</summary>
    public static string NameOf(Offer offer) => $"{Kinds.Name(offer.Kind)} {offer.Name}";

    /// <summary>Builds it anew.</summary>
    public T Build<T>() where T : class => (T)Bench.Build(Offer, Example.Options);
}
