namespace PluginHost;

/// <summary>
/// The texts of the tokens that play the parts objectives ask a <see cref="Vocabulary"/> for; null for a part it has not.
/// </summary>
/// <param name="Pad">Fills rows of a batch up.</param>
/// <param name="Unknown">Stands for what the vocabulary lacks.</param>
/// <param name="Classification">Its hidden state stands for the sequence.</param>
/// <param name="Separator">Ends a sequence.</param>
/// <param name="Mask">Hides a token.</param>
public sealed record SpecialNames(
    string? Pad = null, string? Unknown = null, string? Classification = null, string? Separator = null, string? Mask = null)
{
    /// <summary>BERT's: [PAD], [UNK], [CLS], [SEP], [MASK].</summary>
    public static readonly SpecialNames Bracketed = new("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
}
