using PluginHost.Plugins.Generate.Prompts;

namespace PluginHost.Plugins.Generate.Answers;

/// <summary>What is asked of a model in DNAGPT's token language: its prompt ends with M for a number or with B for a class.</summary>
/// <param name="Appended">Tokens put behind the prompt; none where the template asks itself.</param>
/// <param name="IsNumber">Whether a number is asked for.</param>
internal sealed record PromptedAnswer(IReadOnlyList<int> Appended, bool IsNumber)
{
    private const string Number = "<M>", Class = "<B>";

    /// <summary>What the options or the template ask; null where a sequence is to be written.</summary>
    /// <exception cref="UsageException">It cannot be asked so.</exception>
    public static PromptedAnswer? Of(GenerateOptions options, TrainedModel model)
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
        var frame = new Frame(model);
        return options.Length is null && options.Stop is null && options.MaxTokens is null && Ends(vocabulary, frame.After) is { } number
            ? new([], number) : null;
    }

    private static bool? Ends(Vocabulary vocabulary, IReadOnlyList<int> tokens) =>
        tokens.Count == 0 ? null : vocabulary.Tokens[tokens[^1]] switch { Number => true, Class => false, _ => null };
}
