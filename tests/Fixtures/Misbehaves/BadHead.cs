using TorchSharp;
using TorchSharp.Modules;

namespace PluginHost.Fixtures;

using static TorchSharp.torch;

public enum HeadFault { None, Transposed, Wide, Nothing, Detached, CutsOff }

/// <summary>The mean over tokens and a layer.</summary>
internal sealed class BadHead : Head
{
    private readonly Linear output;
    private readonly HeadFault fault;

    public BadHead(HeadFault fault) : base("bad-head")
    {
        this.fault = fault;
        output = nn.Linear(8, fault == HeadFault.Wide ? 5 : 2);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    public override string Predicts => "B C";

    public override string StatePrefix => "classifier";

    public override Tensor Forward(BackboneOutput backbone, Batch batch)
    {
        var hidden = backbone[StreamKey.Hidden];
        var logits = output.call((fault == HeadFault.CutsOff ? hidden.detach() : hidden).mean([1]));
        return fault switch
        {
            HeadFault.Transposed => logits.transpose(0, 1),
            HeadFault.Nothing => null!,
            HeadFault.Detached => logits.detach(),
            _ => logits,
        };
    }
}
