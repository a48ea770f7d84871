namespace PluginHost;

using static TorchSharp.torch;

/// <summary>For backbones: hands attention probabilities to whoever asked for them.</summary>
public sealed class AttentionTap
{
    private readonly Capture capture;
    private readonly List<Tensor> kept = [];

    private AttentionTap(Capture capture) => this.capture = capture;

    /// <summary>Null when nobody asked: then the fast attention path is free to take.</summary>
    public static AttentionTap? Of(Capture capture) => capture.KeepsAttentions || capture.Reader is not null ? new(capture) : null;

    /// <summary>What a layer calls with its probabilities "B H Q S", which stay its own.</summary>
    /// <param name="stack">See <see cref="AttentionStacks"/>.</param>
    /// <param name="layer">Counted from 0 within the stack.</param>
    public Action<Tensor> Layer(string stack, int layer) => shares =>
    {
        capture.Reader?.Read(stack, layer, shares);
        if (capture.KeepsAttentions && stack == AttentionStacks.Tokens) kept.Add(shares.alias().DetachFromDisposeScope());
    };

    /// <summary>What was kept, for <see cref="BackboneOutput.Attentions"/>; in the current dispose scope, once.</summary>
    public IReadOnlyList<Tensor> Take()
    {
        List<Tensor> taken = [];
        foreach (var shares in kept)
            using (shares)
                taken.Add(shares.alias());
        kept.Clear();
        return taken;
    }
}
