namespace PluginHost.Plugins.MaskedLm;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// What the published checkpoints call <c>decoder</c>: a matrix "V D" of its own unless tied, and a bias a token where they keep it there.
/// </summary>
internal sealed class TokenScores : Module
{
    private readonly Parameter? weight;
    private readonly Parameter? bias;

    /// <param name="width">Hidden size D; 0 for no matrix.</param>
    /// <param name="vocabulary">Number of token ids V.</param>
    /// <param name="hasBias">Whether the bias is here.</param>
    public TokenScores(int width, int vocabulary, bool hasBias) : base("decoder")
    {
        if (width > 0) weight = new Parameter(empty(vocabulary, width));
        if (hasBias) bias = new Parameter(zeros(vocabulary));
        if (weight is not null) init.normal_(weight, 0, 0.02);
        RegisterComponents();
    }

    public Parameter? Table => weight;

    public Parameter? Bias => bias;
}
