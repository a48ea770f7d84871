namespace PluginHost.Plugins.Tests.Decoders;

/// <summary>Given probabilities of the next token.</summary>
/// <param name="context">Whose stop tokens, forbidden ones and limit hold.</param>
/// <param name="probabilities">Of each sequence.</param>
internal sealed class GivenStep(DecodeContext context, params float[][] probabilities) : DecodeStep
{
    /// <summary>Tokens of every sequence before this one.</summary>
    public int Written { get; init; }

    public override int Count => probabilities.Length;

    public override ReadOnlySpan<float> LogProbabilities(int sequence) => probabilities[sequence]
        .Select((p, id) => context.Limits.Forbidden.Contains(id) ? float.NegativeInfinity : MathF.Log(p)).ToArray();

    public override DecodeEnd? Ends(int sequence, int token) => context.Limits.Stop.Contains(token) ? DecodeEnd.Stop
        : Written + 1 >= context.Limits.MaxTokens ? DecodeEnd.Limit : null;
}
