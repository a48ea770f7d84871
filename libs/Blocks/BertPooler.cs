namespace PluginHost.Libs.Blocks;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>dense and tanh over the first token, [CLS].</summary>
public sealed class BertPooler : Module<Tensor, Tensor>
{
    private readonly Linear dense;

    /// <param name="width">Hidden size D.</param>
    public BertPooler(int width) : base("pooler")
    {
        dense = Layers.Dense(width, width);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B D".</summary>
    public override Tensor forward(Tensor input)
    {
        using var first_BD = input.select(1, 0);
        return OfFirst(first_BD);
    }

    /// <summary>The same of the first tokens alone: "B D" to "B D".</summary>
    public Tensor OfFirst(Tensor first_BD)
    {
        using var dense_BD = dense.call(first_BD);
        return dense_BD.tanh();
    }
}
