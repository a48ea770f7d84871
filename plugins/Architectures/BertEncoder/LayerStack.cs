using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.BertEncoder;

using PluginHost.Libs.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The encoder layers, named <c>layer.0</c>, <c>layer.1</c>, ... as published.</summary>
internal sealed class LayerStack : Module
{
    private readonly ModuleList<EncoderLayer> layer;

    public LayerStack(int count, EncoderShape shape) : base("encoder")
    {
        layer = ModuleList([.. Enumerable.Range(0, count).Select(_ => new EncoderLayer(shape))]);
        RegisterComponents();
    }

    public IEnumerable<EncoderLayer> Layers => layer;

    /// <summary>Runs all layers over "B T D".</summary>
    /// <param name="hidden_BTD">Owned by this call: disposed unless kept.</param>
    /// <param name="layout">How tokens lie inside, and what is added to attention scores.</param>
    /// <param name="kept">Receives the input and each layer's output, when given.</param>
    /// <param name="tap">Is shown each layer's probabilities "B H T T", when given.</param>
    public Tensor Forward(Tensor hidden_BTD, TokenLayout layout, List<Tensor>? kept, AttentionTap? tap)
    {
        using var hidden = Through(layer.Count, hidden_BTD, layout, kept, tap);
        return layout.ToRows(hidden);
    }

    /// <summary>Runs all layers but the last over "B T D"; the result is as the layout has it.</summary>
    /// <inheritdoc cref="Forward"/>
    public Tensor Lower(Tensor hidden_BTD, TokenLayout layout) => Through(layer.Count - 1, hidden_BTD, layout, null, null);

    /// <summary>Runs the last layer over what <see cref="Lower"/> returns: "B T D".</summary>
    public Tensor Last(Tensor hidden, TokenLayout layout)
    {
        using var last = layer[^1].Forward(hidden, layout, null);
        return layout.ToRows(last);
    }

    /// <summary>The same of each row's first token alone: "B D".</summary>
    public Tensor First(Tensor hidden, TokenLayout layout) => layer[^1].First(hidden, layout);

    private Tensor Through(int count, Tensor hidden_BTD, TokenLayout layout, List<Tensor>? kept, AttentionTap? tap)
    {
        var hidden = layout.FromRows(hidden_BTD);
        hidden_BTD.Dispose();
        kept?.Add(layout.ToRows(hidden));
        for (var i = 0; i < count; i++)
        {
            var next = layer[i].Forward(hidden, layout, tap?.Layer(AttentionStacks.Tokens, i));
            hidden.Dispose();
            kept?.Add(layout.ToRows(next));
            hidden = next;
        }
        return hidden;
    }
}
