namespace PluginHost.Libs.Blocks.Attention;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>
/// Self-attention with three projections, as BERT and DNABERT have it. Fields are named as the published checkpoints name them.
/// </summary>
public sealed class SeparateAttention : SelfAttention
{
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;

    /// <summary>Builds the three projections.</summary>
    public SeparateAttention(EncoderShape shape) : base(shape)
    {
        query = Layers.Dense(shape.Width, shape.Width);
        key = Layers.Dense(shape.Width, shape.Width);
        value = Layers.Dense(shape.Width, shape.Width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden)
    {
        var shared = Autocast.Shared(hidden);
        return (query.call(shared), key.call(shared), value.call(shared));
    }

    /// <inheritdoc/>
    protected override (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden, Tensor asking)
    {
        var shared = Autocast.Shared(hidden);
        return (query.call(asking), key.call(shared), value.call(shared));
    }
}
