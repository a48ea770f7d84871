using PluginHost.Plugins.Generate.Prompts;

namespace PluginHost.Plugins.Generate.Writing;

/// <summary>Which tokens end a sequence, and which are never written.</summary>
/// <param name="options">Validated.</param>
/// <param name="model">Writes.</param>
internal sealed class TokenChoice(GenerateOptions options, TrainedModel model)
{
    private const string None = "none";
    private readonly Vocabulary vocabulary = model.Tokenizer.Vocabulary;

    /// <summary>The token that ends a sequence; null for none.</summary>
    /// <exception cref="UsageException">The vocabulary lacks it.</exception>
    public int? Stop(Frame frame) => options.Stop switch
    {
        null => frame.Stop,
        None => null,
        var named => Find("--stop", named),
    };

    /// <summary>
    /// Tokens that are never written: special ones but the stop token, those with bases that are not wanted, and those named.
    /// </summary>
    /// <exception cref="UsageException">One is not in the vocabulary, or no base is left.</exception>
    public HashSet<int> Forbidden(int? stop)
    {
        var forbidden = options.Forbid.Select(token => Find("--forbid", token)).ToHashSet();
        if (stop is { } ends && forbidden.Contains(ends))
            throw new UsageException($"--forbid {vocabulary.Tokens[ends]}: it is the token that ends sequences; end them otherwise with "
                + "--stop none.");
        var wanted = options.Alphabet ?? model.Tokenizer.Alphabet.Characters;
        if (options.Alphabet is { } named && model.Tokenizer.Alphabet.FindForeign(named) is >= 0 and var at)
            throw new UsageException($"--alphabet {named}: '{named[at]}' is none of the {model.Tokenizer.Alphabet.Characters} that "
                + $"{model.Name} reads.");
        for (var id = 0; id < vocabulary.Count; id++)
            if (id != stop && (vocabulary.IsSpecial(id) || model.Tokenizer.Decode([id]).AsSpan().IndexOfAnyExcept(wanted) >= 0))
                forbidden.Add(id);
        return forbidden;
    }

    private int Find(string option, string token) => vocabulary.Find(token) ?? vocabulary.Find($"<{token}>")
        ?? vocabulary.Find($"[{token}]")
        ?? throw new UsageException($"{option} {token}: the vocabulary of {model.Name} has no such token"
            + $"{Nearest.Hint(token, vocabulary.Tokens.Where((_, id) => vocabulary.IsSpecial(id)))}; it has "
            + $"{string.Join(" ", vocabulary.Tokens.Where((_, id) => vocabulary.IsSpecial(id)).Take(40))} beside the words of bases.");
}
