using PluginHost.PluginKit;
using TorchSharp.Modules;

namespace PluginHost.Host.Tests.Plugins.Kit;

using static TorchSharp.torch;

/// <summary>A linear layer over the pooled stream, with one fault.</summary>
internal sealed class FaultyHead : Head
{
    private readonly Fault fault;
    private readonly Linear linear;
    private readonly Tensor shift_C;

    public FaultyHead(Fault fault) : base("width-2")
    {
        this.fault = fault;
        linear = nn.Linear(SmallBackbone.Width, 2);
        shift_C = randn(2);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Pooled];

    public override string Predicts => "B C";

    public override string StatePrefix => fault == Fault.UnstableNames ? "" : "width-2";

    public override (string Weight, string Bias)? LastLinear =>
        fault == Fault.Unused ? ("none.weight", "none.bias") : ("linear.weight", "linear.bias");

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var scores_BC = linear.call(output[StreamKey.Pooled]);
        return fault switch
        {
            Fault.TurnedAxes => scores_BC.unsqueeze(0),
            Fault.Random => scores_BC + rand_like(scores_BC),
            Fault.Detached => scores_BC.detach(),
            Fault.Unregistered => scores_BC + shift_C,
            _ => scores_BC,
        };
    }
}
