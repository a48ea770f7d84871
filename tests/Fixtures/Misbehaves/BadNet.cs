using TorchSharp;
using TorchSharp.Modules;

namespace PluginHost.Fixtures;

using static TorchSharp.torch;

public enum NetFault { None, WrongAxes, Detached, NoStream, Disposed, Nothing, NotFinite, Exits, Cancels, Throws, Noise }

/// <summary>An embedding and a layer.</summary>
internal sealed class BadNet : Backbone
{
    private const int Width = 8, ExitsAtStep = 20;
    private readonly Embedding letters = nn.Embedding(6, Width);
    private readonly Linear layer = nn.Linear(Width, Width);
    private readonly NetFault fault;
    private int steps;

    public BadNet(NetFault fault) : base("bad-net")
    {
        this.fault = fault;
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads => [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];

    public override BackboneShape Shape => new(Width, 40);

    public override IReadOnlyList<nn.Module> Layers => [layer];

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        if (training && ++steps == ExitsAtStep && fault == NetFault.Exits) Environment.Exit(0);
        if (fault == NetFault.Cancels) throw new OperationCanceledException("nobody asked for it");
        if (fault == NetFault.Throws) throw new InvalidOperationException("it stumbled");
        if (fault == NetFault.Noise) Console.Out.WriteLine("NOISE of the net");
        if (fault == NetFault.Nothing) return null!;
        var x_BTD = layer.call(letters.call(batch[Keys.InputIds]));
        var hidden = fault switch
        {
            NetFault.WrongAxes => x_BTD.transpose(0, 1),
            NetFault.Detached => x_BTD.detach(),
            NetFault.NotFinite => x_BTD / 0,
            NetFault.NoStream => null!,
            _ => x_BTD,
        };
        if (fault == NetFault.Disposed) hidden.Dispose();
        return new BackboneOutput().Set(StreamKey.Hidden, hidden);
    }
}
