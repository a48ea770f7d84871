using TorchSharp.Modules;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>Embeddings and one convolution over three tokens, padding left out. Axes: B samples, T tokens, D hidden size.</summary>
internal sealed class MixingBackbone : Backbone
{
    private readonly int size;
    private readonly Embedding tokens;
    private readonly Conv1d mixing;

    public MixingBackbone(int size, BuildContext context) : base("mixing")
    {
        this.size = size;
        tokens = nn.Embedding(context.Tokenizer.Vocabulary.Count, size);
        mixing = nn.Conv1d(size, size, 3, padding: 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BatchKey> Reads => [Keys.InputIds, Keys.AttentionMask];

    /// <inheritdoc/>
    public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];

    /// <inheritdoc/>
    public override BackboneShape Shape => new(size);

    /// <inheritdoc/>
    public override IReadOnlyList<nn.Module> Layers => [mixing];

    /// <inheritdoc/>
    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        using var scope = NewDisposeScope();
        var embedded_BTD = tokens.call(batch[Keys.InputIds]);
        var padding_BT1 = batch[Keys.AttentionMask].logical_not().unsqueeze(2);
        var mixed_BTD = mixing.call(embedded_BTD.masked_fill(padding_BT1, 0).transpose(1, 2)).transpose(1, 2);
        var hidden_BTD = (embedded_BTD + mixed_BTD.relu()).MoveToOuterDisposeScope();
        return new BackboneOutput
        {
            HiddenStates = capture.KeepsHiddenStates ? [embedded_BTD.MoveToOuterDisposeScope(), hidden_BTD] : [],
        }.Set(StreamKey.Hidden, hidden_BTD);
    }
}
