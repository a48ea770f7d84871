namespace PluginHost.Libs.Tools.Input;

/// <summary>Sequences in memory as a source.</summary>
/// <param name="samples">In their order.</param>
public sealed class ListedSource(params IReadOnlyList<Sample> samples) : ISampleSource
{
    /// <summary>One short sequence with what the tokenizer reads beside it, to learn of a model what it has.</summary>
    public static ListedSource ProbeOf(TrainedModel model) => new(
        new Sample("probe", model.Tokenizer.Alphabet.Example(32)) { Fields = model.Tokenizer.SampleFields });

    /// <inheritdoc/>
    public long Count => samples.Count;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => samples[(int)index];
}
