using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.GGramEncoder;

using PluginHost.Libs.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The token layers, <c>layer.N</c>, and the G-gram layers beside the lower ones, <c>ngram_layers.N</c>, as published.</summary>
internal sealed class FusedStack : Module
{
    private readonly bool addAgainAtEnd;
    private readonly ModuleList<EncoderLayer> layer;
    private readonly EncoderLayer[] gGramLayers;

    public FusedStack(GGramEncoderOptions options) : base("encoder")
    {
        addAgainAtEnd = options.AddAgainAtEnd;
        layer = ModuleList(Stack(options.Layers, options.Shape()));
        gGramLayers = Stack(options.GGramLayers, options.GGramShape());
        RegisterComponents();
        if (options.GGramLayers > 0)
            register_module(options.GGramBlock == GGramBlock.Plain ? "ngram_layers" : "ngram_layer", ModuleList(gGramLayers));
        Pairs = [.. layer.Select((one, i) => i < gGramLayers.Length ? new LayerPair(one, gGramLayers[i]) : (Module)one)];
    }

    /// <summary>Each token layer with the G-gram layer that is added into it.</summary>
    public IReadOnlyList<Module> Pairs { get; }

    /// <summary>Runs all layers.</summary>
    /// <param name="hidden_BTD">Owned by this call.</param>
    /// <param name="layout">Of the tokens.</param>
    /// <param name="gGrams">Their states; null when G-grams are left out.</param>
    /// <param name="kept">Receives the input and each layer's output, G-grams added, when given.</param>
    /// <param name="tap">Is shown each layer's probabilities, "B H T T" of tokens and "B H G G" of G-grams, when given.</param>
    public Tensor Forward(Tensor hidden_BTD, TokenLayout layout, GGrams? gGrams, List<Tensor>? kept, AttentionTap? tap)
    {
        var hidden = layout.FromRows(hidden_BTD);
        hidden_BTD.Dispose();
        kept?.Add(layout.ToRows(hidden));
        for (var i = 0; i < layer.Count; i++)
        {
            var next = layer[i].Forward(hidden, layout, tap?.Layer(AttentionStacks.Tokens, i));
            hidden.Dispose();
            hidden = next;
            if (gGrams is not null && i < gGramLayers.Length)
            {
                gGrams.Pass(gGramLayers[i], tap?.Layer(GGrams.Attention, i));
                hidden = Add(gGrams, hidden, layout);
            }
            if (gGrams is not null && addAgainAtEnd && i == layer.Count - 1) hidden = Add(gGrams, hidden, layout);
            kept?.Add(layout.ToRows(hidden));
        }
        using (hidden) return layout.ToRows(hidden);
    }

    private static Tensor Add(GGrams gGrams, Tensor hidden, TokenLayout layout)
    {
        using (hidden) return gGrams.AddTo(hidden, layout);
    }

    private static EncoderLayer[] Stack(int count, EncoderShape shape) =>
        [.. Enumerable.Range(0, count).Select(_ => new EncoderLayer(shape))];

    /// <summary>Both layers of one height, for what goes by layers: not part of the state, whose names are the published ones.</summary>
    private sealed class LayerPair : Module
    {
        private readonly EncoderLayer tokens;
        private readonly EncoderLayer gGrams;

        public LayerPair(EncoderLayer tokens, EncoderLayer gGrams) : base("pair")
        {
            this.tokens = tokens;
            this.gGrams = gGrams;
            RegisterComponents();
        }
    }
}
