namespace PluginHost.Plugins.NumericGpt;

/// <summary>Which head answers what a prompt asks for (Zhang et al. 2023, 9, "Fine-tuning of DNAGPT").</summary>
internal static class AnsweringHeads
{
    /// <summary>The head, or null where prompt and role do not go together.</summary>
    /// <exception cref="UsageException">There are more classes than tokens that may answer.</exception>
    public static ComponentSpec? For(HeadRole role, Question asked) => (role.Answer, asked.Kind) switch
    {
        _ when role.Outputs == 0 => null,
        (AnswerKind.Number, AnswerKind.Number) => Spec("answer-number-head", ("outputs", (long)role.Outputs)),
        (AnswerKind.Class, AnswerKind.Class) => Spec("answer-token-head", ("tokens", Tokens(role, asked))),
        // A single label is asked for as a class is.
        (AnswerKind.Labels, AnswerKind.Labels or AnswerKind.Class) when asked.Places == role.Outputs => Spec("answer-labels-head",
            ("labels", (long)role.Outputs), ("no", asked.Tokens[0]), ("yes", asked.Tokens[1])),
        (AnswerKind.Labels, AnswerKind.Labels) =>
            throw new UsageException($"The prompt ends by asking for {asked.Places} labels, and there "
            + $"are {role.Outputs}; end the template with a B for each label, or name a head: heads: {{ {role.Name}: {{ use: "
            + $"{role.Default.Use}, labels: {role.Outputs} }} }}."),
        _ => null,
    };

    private static List<object?> Tokens(HeadRole role, Question asked) => role.Outputs <= asked.Tokens.Count
        ? [.. asked.Tokens.Take(role.Outputs)]
        : throw new UsageException($"The prompt asks for one of {role.Outputs} classes, but {asked.Tokens.Count} tokens may answer: "
            + $"{string.Join(", ", asked.Tokens)}. Name a head with a token for each class, heads: {{ {role.Name}: {{ use: "
            + $"answer-token-head, tokens: [ ... ] }} }}, or one that needs none, heads: {{ {role.Name}: {{ use: "
            + $"{role.Default.Use}, classes: {role.Outputs} }} }}.");

    private static ComponentSpec Spec(string use, params (string Name, object? Value)[] options) =>
        new(use, options.ToDictionary(o => o.Name, o => o.Value));
}
