namespace PluginHost.Plugins.Siamese;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// A Siamese network (Bromley et al. 1993) of any backbone: both sequences of a pair are read by it, each by itself, and the pair is their
/// vectors and the difference, as features of the reference, of the alternative and of the change (Genomics-FM, A.3.15). Weights have the
/// inner backbone's names. A batch of single sequences passes through as it is.
/// </summary>
/// <remarks>
/// Axes: B samples, T tokens, D width; K sequences of all pairs, S tokens of a sequence, I inner width. Each sequence must fit the inner
/// backbone by itself.
/// </remarks>
internal sealed class Siamese : Backbone
{
    private readonly SiameseOptions options;
    private readonly int pad;
    private readonly int leading;
    private readonly int trailing;
    private readonly Backbone inner;
    private readonly Linear? project;

    /// <exception cref="UsageException">The inner architecture reads columns that cannot be taken apart, or has no such vector.</exception>
    public Siamese(SiameseOptions options, BuildContext context) : base("siamese")
    {
        this.options = options;
        inner = context.Build<Backbone>(options.Inner!);
        pad = context.Tokenizer.Vocabulary.Pad ?? 0;
        foreach (var key in inner.Reads)
            if (key.Axes != "B T")
                throw new UsageException($"siamese cannot take apart the column '{key.Name}' [{key.Axes}] that '{options.Inner!.Use}' "
                    + "reads, only columns [B T]; use that architecture without it.");
        var stream = options.Vector == Vector.Pooled ? StreamKey.Pooled : StreamKey.Hidden;
        if (!inner.Streams.Contains(stream))
            throw new UsageException($"siamese: '{options.Inner!.Use}' offers no stream '{stream.Name}'; set 'vector: "
                + $"{(options.Vector == Vector.Pooled ? "mean" : "pooled")}'.");
        var spans = context.Tokenizer.Encode(new("probe", context.Tokenizer.Alphabet.Example(64)), new EncodeContext()).Spans;
        leading = spans.TakeWhile(s => s.Length == 0).Count();
        trailing = leading == spans.Length ? 0 : spans.Reverse().TakeWhile(s => s.Length == 0).Count();
        if (options.Project) project = Projection(options.Parts.Length * inner.Shape.HiddenSize, inner.Shape.HiddenSize);
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads => project is null ? [.. inner.Reads, Keys.TokenTypes] : inner.Reads;

    public override IReadOnlyList<StreamKey> Streams => project is null ? [StreamKey.Pooled]
        : inner.Streams.Contains(StreamKey.Hidden) ? [StreamKey.Hidden, StreamKey.Pooled] : [StreamKey.Pooled];

    public override BackboneShape Shape => new(project is null ? options.Parts.Length * inner.Shape.HiddenSize : inner.Shape.HiddenSize,
        inner.Shape.MaxTokens is { } most ? 2 * most - leading : null);

    public override IReadOnlyList<Module> Layers => inner.Layers;

    public override Parameter? TokenEmbedding => project is null ? null : inner.TokenEmbedding;

    public override bool TakesEmbeddings => inner.TakesEmbeddings;

    public override string StatePrefix => inner.StatePrefix;

    public override IReadOnlyList<string> Notes => inner.Notes;

    public override IReadOnlyDictionary<string, object> Configuration => inner.Configuration;

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        if (!batch.TryGet(Keys.TokenTypes, out var types_BT)) return inner.Forward(batch, capture);
        var halves = new Halves(batch[Keys.AttentionMask], types_BT, leading, trailing);
        if (halves.Width > inner.Shape.MaxTokens)
            throw new DataException($"A sequence of a pair has {halves.Width:N0} tokens with those around it, but the inner architecture "
                + $"takes {inner.Shape.MaxTokens:N0}; use shorter sequences.");
        var both = new Batch([], []) { RealTokens = halves.Real, Tokens = halves.Mask.shape[0] * halves.Width };
        foreach (var key in inner.Reads)
            both.Set(key, key == Keys.AttentionMask ? halves.Mask : halves.Take(batch[key], key == Keys.InputIds ? pad : 0));
        if (batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD)) both.Set(Keys.InputEmbeddings, halves.TakeVectors(embeddings_BTD));
        // Attention and states of layers are of the sequences, not of the pairs.
        var encoded = inner.Forward(both, Capture.None);
        var output = new BackboneOutput().Set(StreamKey.Pooled, () => Join(encoded, halves));
        return project is null || !inner.Streams.Contains(StreamKey.Hidden) ? output
            : output.Set(StreamKey.Hidden, () => halves.Back(encoded[StreamKey.Hidden]));
    }

    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
    {
        destination = inner.state_dict(destination, prefix);
        return project is null ? destination
            : project.state_dict(destination, string.IsNullOrEmpty(prefix) ? "project" : $"{prefix}.project");
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        project is null ? inner.named_parameters(recurse)
            : inner.named_parameters(recurse).Concat(project.named_parameters(recurse).Select(p => ($"project.{p.name}", p.parameter)));

    /// <summary>The parts of each pair, one behind the other, "B D".</summary>
    private Tensor Join(BackboneOutput encoded, Halves halves)
    {
        // Read outside the scope: a stream that is computed when first read ends with the scope it is read in, and others may read it.
        var read = encoded[options.Vector == Vector.Pooled ? StreamKey.Pooled : StreamKey.Hidden];
        using var scope = NewDisposeScope();
        var vectors_KI = options.Vector == Vector.Pooled ? read : Mean(read, halves.Bases);
        var (first_BI, second_BI) = (vectors_KI.narrow(0, 0, vectors_KI.shape[0] / 2),
            vectors_KI.narrow(0, vectors_KI.shape[0] / 2, vectors_KI.shape[0] / 2));
        var joined_BD = cat([.. options.Parts.Select(part => part switch
        {
            Part.First => first_BI,
            Part.Second => second_BI,
            _ => second_BI - first_BI,
        })], 1);
        if (project is not null) joined_BD = project.call(joined_BD).relu();
        return joined_BD.MoveToOuterDisposeScope();
    }

    private static Tensor Mean(Tensor hidden_KSI, Tensor counted_KS)
    {
        var weight_KS1 = counted_KS.to_type(hidden_KSI.dtype).unsqueeze(2);
        return (hidden_KSI * weight_KS1).sum(1) / weight_KS1.sum(1).clamp_min(1);
    }

    private static Linear Projection(int from, int to)
    {
        var linear = Linear(from, to);
        init.normal_(linear.weight!, 0, 0.02);
        init.zeros_(linear.bias!);
        return linear;
    }
}
