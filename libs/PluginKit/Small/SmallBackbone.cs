using TorchSharp;
using TorchSharp.Modules;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>
/// One layer that mixes each token with the mean of those before it: the smallest backbone that keeps the contract, causal, with every
/// stream that <see cref="StreamKey"/> names, to try other kinds with.
/// </summary>
public sealed class SmallBackbone : Backbone
{
    /// <summary>The hidden size.</summary>
    public const int Width = 16;

    private readonly Embedding embedding;
    private readonly Linear mix, pool;

    /// <param name="vocabulary">Rows of the embedding.</param>
    public SmallBackbone(int vocabulary) : base("small-backbone")
    {
        embedding = nn.Embedding(vocabulary, Width);
        mix = nn.Linear(2 * Width, Width);
        pool = nn.Linear(Width, Width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    /// <inheritdoc/>
    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Pooled, StreamKey.Decoder];

    /// <inheritdoc/>
    public override BackboneShape Shape { get; } = new(Width, 512) { Causal = true };

    /// <inheritdoc/>
    public override IReadOnlyList<nn.Module> Layers => [mix];

    /// <inheritdoc/>
    public override Parameter TokenEmbedding => embedding.weight!;

    /// <inheritdoc/>
    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var mask_BT1 = batch[Keys.AttentionMask].unsqueeze(-1).to_type(ScalarType.Float32);
        var words_BTD = embedding.call(batch[Keys.InputIds]) * mask_BT1;
        var hidden_BTD = Mixed(words_BTD);
        var output = new BackboneOutput
        {
            HiddenStates = capture.KeepsHiddenStates ? [words_BTD, hidden_BTD] : [],
            Attentions = [],
        };
        // The mean, and not the first token: that one sees no other here.
        var pooled_BD = nn.functional.tanh(pool.call((hidden_BTD * mask_BT1).sum([1L]) / mask_BT1.sum([1L]).clamp_min(1)));
        output.Set(StreamKey.Hidden, hidden_BTD).Set(StreamKey.Pooled, pooled_BD);
        if (batch.TryGet(Keys.DecoderIds, out var decoder_BU))
            output.Set(StreamKey.Decoder, Mixed(embedding.call(decoder_BU) + pooled_BD.unsqueeze(1)));
        return output;
    }

    private Tensor Mixed(Tensor words_BTD)
    {
        var length = words_BTD.shape[1];
        var count_T1 = arange(1, length + 1, ScalarType.Float32, words_BTD.device).unsqueeze(-1);
        var before_BTD = words_BTD.cumsum(1) / count_T1;
        return words_BTD + nn.functional.tanh(mix.call(cat([words_BTD, before_BTD], -1)));
    }
}
