using PluginHost;
using TorchSharp.Modules;

namespace Hyena;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// The Hyena hierarchy of order 2 (Poli et al. 2023, "Hyena Hierarchy: Towards Larger Convolutional Language Models") in pre-norm layers,
/// as HyenaDNA stacks them (Nguyen et al. 2023). It mixes tokens in O(T log T) and has no attention to show.
/// </summary>
/// <remarks>
/// Without 'causal' a second filter looks the other way, which the papers do not have. It is not made equal for both strands, and writes no
/// sequences (it is no <see cref="IIncremental"/>). Axes: B samples, T tokens, D width, V ids.
/// </remarks>
internal sealed class HyenaBackbone : Backbone
{
    private readonly HyenaOptions options;
    private readonly int vocabulary;
    private readonly Embedding tokens;
    private readonly ModuleList<HyenaLayer> layers;
    private readonly LayerNorm norm;

    public HyenaBackbone(HyenaOptions options, int vocabulary) : base("hyena")
    {
        if (!options.Causal && options.ShortFilter % 2 == 0)
            throw new UsageException($"A short filter of {options.ShortFilter} tokens has no middle; make 'shortFilter' odd.");
        this.options = options;
        this.vocabulary = vocabulary;
        tokens = Embedding(vocabulary, options.Width);
        init.normal_(tokens.weight!, 0, 0.02);
        layers = ModuleList([.. Enumerable.Range(0, options.Layers).Select(_ => new HyenaLayer(options))]);
        norm = LayerNorm([options.Width]);
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    /// <summary>The states of tokens, and for a sequence their mean, or where tokens see earlier ones only that of the last.</summary>
    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Pooled];

    public override BackboneShape Shape => new(options.Width, options.MaxTokens)
    {
        Causal = options.Causal,
        AttendedTokens = _ => 0,
    };

    public override IReadOnlyList<Module> Layers => [.. layers];

    public override Parameter? TokenEmbedding => tokens.weight;

    public override bool TakesEmbeddings => true;

    public override string StatePrefix => "hyena";

    public override IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object>
    {
        ["model_type"] = "hyena",
        ["vocab_size"] = vocabulary,
        ["hidden_size"] = options.Width,
        ["num_hidden_layers"] = options.Layers,
        ["max_position_embeddings"] = options.MaxTokens,
        ["is_decoder"] = options.Causal,
    };

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2);
        var hidden_BTD = batch.TryGet(Keys.InputEmbeddings, out var given_BTD) ? given_BTD : tokens.call(batch[Keys.InputIds]);
        List<Tensor> kept = [];
        if (capture.KeepsHiddenStates) kept.Add(hidden_BTD);
        foreach (var layer in layers)
        {
            hidden_BTD = layer.call(hidden_BTD, real_BT1);
            if (capture.KeepsHiddenStates) kept.Add(hidden_BTD);
        }
        hidden_BTD = norm.call(hidden_BTD);
        if (kept.Count > 0) kept[^1] = hidden_BTD;
        return new BackboneOutput { HiddenStates = kept }
            .Set(StreamKey.Hidden, hidden_BTD)
            .Set(StreamKey.Pooled, () => Pool(hidden_BTD, real_BT1));
    }

    private Tensor Pool(Tensor hidden_BTD, Tensor real_BT1)
    {
        using var scope = NewDisposeScope();
        var counts_B1 = real_BT1.sum(1);
        if (!options.Causal)
            return ((hidden_BTD * real_BT1.to_type(hidden_BTD.dtype)).sum(1) / counts_B1.clamp_min(1)).MoveToOuterDisposeScope();
        var last_B1D = (counts_B1 - 1).clamp_min(0).unsqueeze(2).expand(-1, -1, hidden_BTD.shape[2]);
        return hidden_BTD.gather(1, last_B1D).squeeze(1).MoveToOuterDisposeScope();
    }
}
