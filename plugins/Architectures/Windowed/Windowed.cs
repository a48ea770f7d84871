namespace PluginHost.Plugins.Windowed;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// DNABERT-XL (Ji et al. 2021, 2.2.1) around any backbone: a sequence longer than it takes is cut into pieces, each encoded by itself, and
/// their representations are concatenated or pooled. Weights have the inner backbone's names.
/// </summary>
/// <remarks>
/// Axes: B samples, T tokens, D width; K pieces of all samples, S tokens of a piece, P pieces of a sample, I inner width.
/// </remarks>
internal sealed class Windowed : Backbone
{
    private readonly WindowedOptions options;
    private readonly PieceShape shape;
    private readonly int pad;
    private readonly Backbone inner;
    private readonly Linear? project;

    public Windowed(WindowedOptions options, BuildContext context) : base("windowed")
    {
        this.options = options;
        inner = context.Build<Backbone>(options.Inner!);
        pad = context.Tokenizer.Vocabulary.Pad ?? 0;
        foreach (var key in inner.Reads)
            if (key.Axes != "B T")
                throw new UsageException($"windowed cannot cut the column '{key.Name}' [{key.Axes}] that '{options.Inner!.Use}' reads into "
                    + "pieces, only columns [B T]; use that architecture without it.");
        if (options.Join == PieceJoin.Concat && !inner.Streams.Contains(StreamKey.Pooled))
            throw new UsageException($"windowed: '{options.Inner!.Use}' offers no vector for a whole piece (stream 'pooled') to "
                + "concatenate; give it a pooler, or set 'join: mean' and use its tokens.");
        shape = PieceShape.Of(options, inner, context.Tokenizer);
        if (options.Project) project = Projection(options.Pieces * inner.Shape.HiddenSize, inner.Shape.HiddenSize);
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads => inner.Reads;

    /// <summary>A concatenation is wider than the tokens' states, so there is no stream of them beside it unless it is projected.</summary>
    public override IReadOnlyList<StreamKey> Streams => IsWide ? [StreamKey.Pooled]
        : inner.Streams.Contains(StreamKey.Pooled) ? [StreamKey.Hidden, StreamKey.Pooled] : [StreamKey.Hidden];

    public override BackboneShape Shape => new(IsWide ? shape.Most * inner.Shape.HiddenSize : inner.Shape.HiddenSize, shape.Longest);

    public override IReadOnlyList<Module> Layers => inner.Layers;

    public override Parameter? TokenEmbedding => IsWide ? null : inner.TokenEmbedding;

    public override bool TakesEmbeddings => inner.TakesEmbeddings;

    public override string StatePrefix => inner.StatePrefix;

    public override IReadOnlyList<string> Notes => inner.Notes;

    public override IReadOnlyDictionary<string, object> Configuration =>
        new Dictionary<string, object>(inner.Configuration) { ["split"] = options.Pieces };

    private bool IsWide => options.Join == PieceJoin.Concat && project is null;

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var longest = batch.Axis("T");
        if (longest > shape.Longest)
            throw new PluginException(
                $"A batch of {longest} tokens was given to windowed, which takes {shape.Longest} in {shape.Most} pieces.");
        var cut = new Cut(batch[Keys.AttentionMask], shape, options.PadPieces);
        using var pieces = Pieces(batch, cut);
        var reader = capture.Reader is { } own ? new WholeAttention(own, cut) : null;
        var isForUse = !training && !is_grad_enabled() && (capture == Capture.None || capture == Capture.PooledAlone)
            && !pieces.TryGet(Keys.InputEmbeddings, out _);
        var distinct = isForUse ? DistinctPieces.Of(pieces) : null;
        var encoded = inner.Forward(distinct?.Batch ?? pieces, capture with { Reader = reader });
        Tensor Stream(StreamKey key) => distinct is null ? encoded[key] : encoded[key].index_select(0, distinct.Places_K);
        var output = new BackboneOutput
        {
            HiddenStates = [.. encoded.HiddenStates.Select(cut.Back)],
            Attentions = [.. encoded.Attentions.Select(cut.BackAttention)],
        };
        if (!IsWide && !capture.IsPooledAlone) output.Set(StreamKey.Hidden, cut.Back(Stream(StreamKey.Hidden)));
        cut.Dispose();
        if (Streams.Contains(StreamKey.Pooled))
        {
            var (rows, places) = (batch.Axis("B"), cut.Pieces);
            output.Set(StreamKey.Pooled, () => Join(Stream(StreamKey.Pooled), rows, places));
        }
        return output;
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

    private Batch Pieces(Batch batch, Cut cut)
    {
        var pieces = new Batch([], []) { RealTokens = cut.Real, Tokens = (long)cut.Pieces.Count * cut.Width };
        foreach (var key in inner.Reads)
            pieces.Set(key, key == Keys.AttentionMask ? cut.Mask.alias() : cut.Take(batch[key], key == Keys.InputIds ? pad : 0));
        if (batch.TryGet(Keys.TokenTypes, out var types_BT)) pieces.Set(Keys.TokenTypes, cut.Take(types_BT, 0));
        if (batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD)) pieces.Set(Keys.InputEmbeddings, cut.TakeVectors(embeddings_BTD));
        return pieces;
    }

    /// <summary>Vectors of pieces "K I" by sample, "B D".</summary>
    private Tensor Join(Tensor pooled_KI, long rows, IReadOnlyList<(int Row, int Piece)> places)
    {
        using var scope = NewDisposeScope();
        var width = pooled_KI.shape[1];
        var place_K = tensor(places.Select(p => (long)p.Row * shape.Most + p.Piece).ToArray()).to(pooled_KI.device);
        var empty = options.Join == PieceJoin.Max ? float.NegativeInfinity : 0f;
        var byPiece_BPI = full([rows * shape.Most, width], empty, pooled_KI.dtype, pooled_KI.device).index_copy(0, place_K, pooled_KI)
            .view(rows, shape.Most, width);
        var joined_BD = options.Join switch
        {
            PieceJoin.Mean => byPiece_BPI.sum(1) / Counts(rows, places, pooled_KI).unsqueeze(1),
            PieceJoin.Max => byPiece_BPI.amax([1]),
            _ => byPiece_BPI.flatten(1, 2),
        };
        if (project is not null) joined_BD = project.call(joined_BD).relu();
        return joined_BD.MoveToOuterDisposeScope();
    }

    private static Tensor Counts(long rows, IReadOnlyList<(int Row, int Piece)> places, Tensor like)
    {
        var counts = new float[rows];
        foreach (var (row, _) in places) counts[row]++;
        return tensor(counts).to(like.device).to_type(like.dtype);
    }

    private static Linear Projection(int from, int to)
    {
        var linear = Linear(from, to);
        init.normal_(linear.weight!, 0, 0.02);
        init.zeros_(linear.bias!);
        return linear;
    }
}
