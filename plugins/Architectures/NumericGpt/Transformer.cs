namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Libs.Blocks;
using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Tables, layers and final norm.</summary>
/// <remarks>Fields are named as the published checkpoints name them. Axes: B samples, T tokens, D hidden size.</remarks>
internal sealed class Transformer : Module
{
    private readonly double dropout;
    private readonly Embedding wte;
    private readonly Embedding wpe;
    private readonly ModuleList<DecoderLayer> h;
    private readonly LayerNorm ln_f;

    public Transformer(NumericGptOptions options, int vocabulary) : base("transformer")
    {
        dropout = options.Dropout;
        wte = Embedding(vocabulary, options.Width);
        wpe = Embedding(options.MaxPositions, options.Width);
        h = ModuleList([.. Enumerable.Range(0, options.Layers).Select(_ => new DecoderLayer(options))]);
        ln_f = LayerNorm([options.Width], options.LayerNormEpsilon, bias: false);
        RegisterComponents();
        SetInitialWeights(options);
    }

    public IEnumerable<DecoderLayer> Decoders => h;

    /// <summary>The token table "V D".</summary>
    public Parameter Tokens => wte.weight!;

    /// <summary>Token embeddings "B T D", before positions.</summary>
    public Tensor Embed(Tensor ids_BT) => wte.forward(ids_BT);

    /// <summary>Adds the positions 0, 1, ... "B T D".</summary>
    public Tensor Place(Tensor tokens_BTD)
    {
        using var places_TD = wpe.weight!.narrow(0, 0, tokens_BTD.shape[1]);
        return Add(tokens_BTD, places_TD);
    }

    /// <summary>Adds given positions "B T".</summary>
    public Tensor Place(Tensor tokens_BTD, Tensor places_BT)
    {
        using var places_BTD = wpe.forward(places_BT);
        return Add(tokens_BTD, places_BTD);
    }

    /// <summary>The final norm.</summary>
    public Tensor Finish(Tensor hidden_BTD) => Layers.Normalize(ln_f, hidden_BTD);

    private Tensor Add(Tensor tokens_BTD, Tensor places)
    {
        using var sum_BTD = tokens_BTD + places;
        return Extras.dropout(sum_BTD, dropout, training);
    }

    private void SetInitialWeights(NumericGptOptions options)
    {
        foreach (var (name, parameter) in named_parameters())
        {
            if (name.EndsWith("c_proj.weight", StringComparison.Ordinal))
                init.normal_(parameter, 0, options.InitializerRange / Math.Sqrt(2 * options.Layers));
            else if (options.Initialization == Initialization.Gpt2 && parameter.dim() == 2)
                init.normal_(parameter, 0, options.InitializerRange);
        }
    }
}
