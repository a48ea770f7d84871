namespace PluginHost.Plugins.Generate.Answers;

/// <summary>What is asked of a model in DNAGPT's token language: its prompt ends with M for a number or with B for a class.</summary>
/// <param name="Appended">Tokens put behind the prompt; none where the template asks itself.</param>
/// <param name="IsNumber">Whether a number is asked for.</param>
internal sealed record Query(IReadOnlyList<int> Appended, bool IsNumber)
{
    private const string Number = "<M>", Class = "<B>";

    /// <summary>What the options or the template ask; null where a sequence is to be written.</summary>
    /// <exception cref="UsageException">It cannot be asked so.</exception>
    public static Query? Of(GenerateOptions options, TrainedModel model)
    {
        var vocabulary = model.Tokenizer.Vocabulary;
        if (options.Ask is { } asked)
        {
            List<int> tokens = [.. asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
                vocabulary.Find(text) ?? vocabulary.Find($"<{text}>") ?? throw new UsageException(
                    $"--ask {asked}: the vocabulary of {model.Name} has no token '{text}'; a number is asked for with '= M', a class with "
                    + "'= B'."))];
            return Ends(vocabulary, tokens) is { } isNumber ? new(tokens, isNumber) : throw new UsageException(
                $"--ask {asked}: a question ends with M for a number or B for a class, such as '= M'.");
        }
        var asks = model.Tokenizer.Asks.Kind;
        return asks == AnswerKind.None || (options.Length ?? options.MaxTokens) is not null || options.Stop is not null ? null
            : new([], asks == AnswerKind.Number);
    }

    private static bool? Ends(Vocabulary vocabulary, IReadOnlyList<int> tokens) =>
        tokens.Count == 0 ? null : vocabulary.Tokens[tokens[^1]] switch { Number => true, Class => false, _ => null };
}
