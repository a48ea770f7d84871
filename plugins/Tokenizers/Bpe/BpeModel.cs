namespace PluginHost.Plugins.Bpe;

/// <summary>What a <c>tokenizer.json</c> says: tokens, merges and the template of special tokens.</summary>
internal sealed record BpeModel
{
    /// <summary>Name of the token for characters outside the vocabulary; the host's.</summary>
    public const string Unknown = "[UNK]";

    /// <summary>The special tokens of vocabularies trained here, in id order: DNABERT-2's.</summary>
    public static readonly string[] UsualSpecial = [Unknown, "[CLS]", "[SEP]", "[PAD]", "[MASK]"];

    /// <summary>Texts in id order.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Those of <see cref="Tokens"/> that stand for no bases.</summary>
    public required IReadOnlyList<string> Special { get; init; }

    /// <summary>Pairs of texts that become one, in order of precedence.</summary>
    public required IReadOnlyList<(string Left, string Right)> Merges { get; init; }

    /// <summary>Special tokens before a sequence.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>Special tokens after a sequence.</summary>
    public required IReadOnlyList<string> After { get; init; }

    /// <summary>Whether text is first split at white space and between letters and punctuation, which are never merged then.</summary>
    public bool SplitsAtWhitespace { get; init; } = true;

    /// <summary>A trained model: the usual special tokens, letters, and merges in rank order.</summary>
    public static BpeModel Trained(IReadOnlyList<string> letters, IReadOnlyList<(string Left, string Right)> merges) => new()
    {
        Tokens = [.. UsualSpecial, .. letters, .. merges.Select(m => m.Left + m.Right)],
        Special = UsualSpecial,
        Merges = merges,
        Before = ["[CLS]"],
        After = ["[SEP]"],
    };
}
