namespace PluginHost.Plugins.TokenLanguage;

/// <summary>
/// What a template ends by asking for (Zhang et al. 2023, figure 2 b): a number after <c>= M</c>, a class after <c>B</c>, a yes or no for
/// each of several <c>B</c>.
/// </summary>
internal static class TemplateEnd
{
    /// <summary>Reads a template's end.</summary>
    /// <param name="places">The template.</param>
    /// <param name="hasClasses">Whether the vocabulary has classification tokens.</param>
    /// <param name="meaning">Which of them means yes.</param>
    public static Question Of(IReadOnlyList<Place> places, bool hasClasses, ClassMeaning meaning)
    {
        if (places is [.., { } gives, { } last] && Is(gives, Symbols.Gives) && Is(last, Symbols.Number))
            return new(AnswerKind.Number, 1, []);
        var classes = places.Reverse().TakeWhile(p => Is(p, Symbols.Class)).Count();
        if (classes == 0 || !hasClasses) return Question.Nothing;
        string[] answers = meaning == ClassMeaning.Paper ? ["N", "A"] : ["A", "N"];
        // Figure S2 has tokens for two classes only; the other words of one base, which mean nothing after B, serve further ones.
        return new(classes > 1 ? AnswerKind.Labels : AnswerKind.Class, classes, [.. answers, "C", "G", "T"]);
    }

    private static bool Is(Place place, char symbol) => place.Kind == PlaceKind.Symbol && place.Text[0] == symbol;
}
