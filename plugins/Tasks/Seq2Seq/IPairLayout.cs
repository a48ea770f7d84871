namespace PluginHost.Plugins.Seq2Seq;

using static TorchSharp.torch;

/// <summary>How a model is shown a source and asked for its target.</summary>
internal interface IPairLayout
{
    /// <summary>The head that scores tokens.</summary>
    ComponentSpec Head { get; }

    /// <summary>The columns it writes beside the tokenizer's.</summary>
    IReadOnlyList<BatchKey> Writes { get; }

    /// <summary>The labels among them.</summary>
    BatchKey Labels { get; }

    /// <summary>Whether a source is encoded with the tokenizer's special tokens.</summary>
    bool SpecialTokens { get; }

    /// <summary>Refuses a pair that the model has no room for.</summary>
    /// <exception cref="DataException">It is too long.</exception>
    void Check(Sample sample, Pair pair);

    /// <summary>The batch for teacher forcing, every target token asked for.</summary>
    Batch Teach(IReadOnlyList<Sample> samples, IReadOnlyList<Pair> pairs);

    /// <summary>The batch that a model writes on from.</summary>
    Batch Prompt(IReadOnlyList<Sample> samples, IReadOnlyList<EncodedSequence> sources);

    /// <summary>The row of each label, in the order of the labels.</summary>
    int[] Rows(Batch batch);
}
