using PluginHost.PluginKit;
using PluginHost.Torch;
using TorchSharp;
using TorchSharp.Modules;

namespace PluginHost.Host.Tests.Plugins.Kit;

using static TorchSharp.torch;

/// <summary>The small backbone with one fault.</summary>
internal sealed class FaultyBackbone : Backbone
{
    private static int builds;

    private readonly Fault fault;
    private readonly SmallBackbone sound;
    private readonly Linear? unused;
    private readonly Tensor hidden_D;

    public FaultyBackbone(Fault fault, int vocabulary) : base("faulty")
    {
        this.fault = fault;
        sound = new SmallBackbone(vocabulary);
        hidden_D = randn(SmallBackbone.Width);
        if (fault == Fault.Unused) unused = nn.Linear(2, 2);
        if (fault == Fault.UnstableNames) register_module($"build-{builds++}", nn.Linear(2, 2));
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads => sound.Reads;

    public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];

    public override BackboneShape Shape => sound.Shape;

    public override IReadOnlyList<nn.Module> Layers => sound.Layers;

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var output = sound.Forward(batch, capture);
        var hidden_BTD = output[StreamKey.Hidden];
        var mask_BT1 = batch[Keys.AttentionMask].unsqueeze(-1).to_type(hidden_BTD.dtype);
        hidden_BTD = fault switch
        {
            Fault.TurnedAxes => hidden_BTD.transpose(0, 1),
            Fault.NotFinite => hidden_BTD / 0,
            Fault.NotFiniteInHalf => Autocast.IsEnabled(CPU) ? hidden_BTD / 0 : hidden_BTD,
            Fault.Random => hidden_BTD + rand_like(hidden_BTD),
            Fault.SeesPadding => hidden_BTD + hidden_BTD.mean([1L], keepdim: true),
            Fault.SeesNeighbours => hidden_BTD + hidden_BTD.mean([0L], keepdim: true) * mask_BT1,
            Fault.Detached => hidden_BTD.detach(),
            Fault.Unregistered => hidden_BTD + hidden_D.to_type(hidden_BTD.dtype),
            Fault.LooksAhead => hidden_BTD + (hidden_BTD * mask_BT1).sum([1L], keepdim: true) / mask_BT1.sum([1L], keepdim: true),
            _ => hidden_BTD,
        };
        return new BackboneOutput
        {
            HiddenStates = fault == Fault.NoLayers ? [] : output.HiddenStates,
        }.Set(StreamKey.Hidden, hidden_BTD);
    }
}
