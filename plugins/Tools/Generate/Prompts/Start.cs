namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>What a sequence is written after, or from.</summary>
/// <param name="Id">Of the prompt; empty where there is none.</param>
/// <param name="Sample">What it was encoded from.</param>
/// <param name="Encoding">What the model reads.</param>
/// <param name="Again">
/// Bases at the prompt's end that are no whole token yet: they are written again, as the beginning of a token of the model's choice.
/// </param>
internal sealed record Start(string Id, Sample Sample, EncodedSequence Encoding, string Again)
{
    /// <summary>The prompt's bases; none where there is no prompt.</summary>
    public string Bases => Id.Length > 0 ? Sample.Sequence : "";
}
