using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MyPlugin;

/// <summary>What a pipeline may say about the architecture.</summary>
public sealed class ConvolutionOptions
{
    /// <summary>Size of the hidden states.</summary>
    [Range(1, 65_536), Description("Size of the hidden states.")]
    public int Width { get; set; } = 64;

    /// <summary>Layers.</summary>
    [Range(1, 1000), Description("Layers, each a convolution.")]
    public int Layers { get; set; } = 2;

    /// <summary>Tokens on either side.</summary>
    [Range(0, 1000), Description("Tokens on either side that a layer sees.")]
    public int Reach { get; set; } = 4;
}

/// <summary>Token embeddings and residual convolutions. Axes: B sequences, T tokens, D hidden size.</summary>
internal sealed class ConvolutionEncoder : Backbone
{
    private readonly ConvolutionOptions options;
    private readonly Embedding tokens;
    private readonly ModuleList<ConvolutionLayer> layers;

    public ConvolutionEncoder(ConvolutionOptions options, BuildContext context) : base("my-plugin")
    {
        this.options = options;
        tokens = nn.Embedding(context.Tokenizer.Vocabulary.Count, options.Width);
        layers = new([.. Enumerable.Range(0, options.Layers).Select(_ => new ConvolutionLayer(options.Width, options.Reach))]);
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads => [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];

    public override BackboneShape Shape => new(options.Width);

    public override IReadOnlyList<nn.Module> Layers => [.. layers];

    public override Parameter TokenEmbedding => tokens.weight!;

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2);
        var hidden_BTD = tokens.call(batch[Keys.InputIds]);
        var kept = new List<Tensor>();
        foreach (var layer in layers)
        {
            if (capture.KeepsHiddenStates) kept.Add(hidden_BTD);
            hidden_BTD = layer.call(hidden_BTD, real_BT1);
        }
        if (capture.KeepsHiddenStates) kept.Add(hidden_BTD);
        return new BackboneOutput { HiddenStates = kept }.Set(StreamKey.Hidden, hidden_BTD);
    }
}

/// <summary>What it sees of padding is zero, so that a sequence has the same states alone and beside a longer one.</summary>
internal sealed class ConvolutionLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv1d convolution;
    private readonly LayerNorm norm;

    public ConvolutionLayer(int width, int reach) : base(nameof(ConvolutionLayer))
    {
        convolution = nn.Conv1d(width, width, 2 * reach + 1, padding: reach);
        norm = nn.LayerNorm(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden_BTD, Tensor real_BT1)
    {
        using var scope = NewDisposeScope();
        var seen_BDT = hidden_BTD.masked_fill(real_BT1.logical_not(), 0).transpose(1, 2);
        // By call, not forward: low-rank adapters are hooks.
        var mixed_BTD = convolution.call(seen_BDT).transpose(1, 2).relu();
        return norm.call(hidden_BTD + mixed_BTD).MoveToOuterDisposeScope();
    }
}
