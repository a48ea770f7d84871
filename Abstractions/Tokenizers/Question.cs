namespace PluginHost;

/// <summary>What kind of answer a model gives of a whole sequence.</summary>
public enum AnswerKind
{
    /// <summary>None, or one of another kind.</summary>
    None,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>Yes or no to each of several labels.</summary>
    Labels,
}

/// <summary>
/// What the last tokens of an encoded sample ask a model for, as a prompt of DNAGPT does (Zhang et al. 2023, figure 2 b and 9: "the model
/// can automatically initialize suitable encoding heads").
/// </summary>
/// <param name="Kind">Which answer.</param>
/// <param name="Places">
/// How many answers are asked for, each at one of the last tokens: labels have one place each, numbers and classes one place in all.
/// </param>
/// <param name="Tokens">Texts of tokens that may be the answer, no and yes first; empty for numbers.</param>
public sealed record Question(AnswerKind Kind, int Places, IReadOnlyList<string> Tokens)
{
    /// <summary>Nothing is asked for.</summary>
    public static Question Nothing { get; } = new(AnswerKind.None, 0, []);
}
