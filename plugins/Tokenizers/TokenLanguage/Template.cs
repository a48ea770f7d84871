namespace PluginHost.Plugins.TokenLanguage;

/// <summary>What one place of a template becomes.</summary>
internal enum PlaceKind
{
    /// <summary>A symbol written in the template.</summary>
    Symbol,

    /// <summary>The sequence.</summary>
    Sequence,

    /// <summary>One or more number tokens from a field.</summary>
    Number,

    /// <summary>A classification token from a field or written after B.</summary>
    Class,

    /// <summary>A species or symbol from a field.</summary>
    Name,
}

/// <summary>One place of a template.</summary>
/// <param name="Kind">What it becomes.</param>
/// <param name="Text">The symbol, the field's name or, for a class written out, its letter.</param>
/// <param name="Written">Whether <paramref name="Text"/> is the value itself and no field.</param>
internal readonly record struct Place(PlaceKind Kind, string Text, bool Written = false);

/// <summary>
/// How a sample is written in the token language, for example <c>{species} {sequence} + M {x} = M {y}</c> (Zhang et al. 2023,
/// figure 2 b). A field after <c>M</c> (or after another such field) is a number, after <c>B</c> a class.
/// </summary>
internal static class Template
{
    /// <summary>Reads a template.</summary>
    /// <param name="template">As written.</param>
    /// <param name="noClasses">Why the vocabulary has no classification tokens, or null where it has.</param>
    /// <exception cref="UsageException">An unknown symbol, an unclosed brace, or not exactly one {sequence}.</exception>
    public static IReadOnlyList<Place> Parse(string template, string? noClasses)
    {
        List<Place> places = [];
        for (var i = 0; i < template.Length;)
        {
            if (char.IsWhiteSpace(template[i])) i++;
            else if (template[i] == '{')
            {
                var end = template.IndexOf('}', i);
                if (end < i + 2) throw Wrong(template, $"has a '{{' without a field name and '}}' at position {i + 1}");
                places.Add(Field(template[(i + 1)..end].Trim(), places));
                i = end + 1;
            }
            else
            {
                var bracketed = template[i] == '<' && i + 2 < template.Length && template[i + 2] == '>';
                var symbol = template[bracketed ? i + 1 : i];
                if (!bracketed && i + 1 < template.Length && char.IsLetterOrDigit(symbol) && char.IsLetterOrDigit(template[i + 1]))
                    throw Wrong(template,
                        $"has the word '{Word(template, i)}', which is no symbol; write fields in braces, symbols apart or as <{symbol}>");
                places.Add(Literal(template, symbol, places));
                i += bracketed ? 3 : 1;
            }
        }
        var sequences = places.Count(p => p.Kind == PlaceKind.Sequence);
        if (sequences != 1) throw Wrong(template, $"names {{sequence}} {sequences} times; name it once");
        if (noClasses is not null && places.Any(p => p.Kind == PlaceKind.Class))
            throw Wrong(template, $"has a class after B, but the classification tokens A and N are words of one base, which {noClasses}");
        return places;
    }

    /// <summary>The fields that a template names, each with a value that would do.</summary>
    public static IReadOnlyDictionary<string, object> Examples(IReadOnlyList<Place> places) =>
        places.Where(p => !p.Written && p.Kind is PlaceKind.Name or PlaceKind.Number or PlaceKind.Class).DistinctBy(p => p.Text)
            .ToDictionary(p => p.Text, p => p.Kind switch
            {
                PlaceKind.Number => (object)0.5,
                PlaceKind.Class => "1",
                _ => Symbols.Species.First(),
            });

    private static Place Field(string name, List<Place> before)
    {
        var last = before.Count > 0 ? before[^1] : default;
        var kind = name == "sequence" ? PlaceKind.Sequence
            : before.Count == 0 ? PlaceKind.Name
            : last is { Kind: PlaceKind.Number } or { Kind: PlaceKind.Symbol, Text: "M" } ? PlaceKind.Number
            : last is { Kind: PlaceKind.Symbol, Text: "B" } ? PlaceKind.Class
            : PlaceKind.Name;
        return new(kind, name);
    }

    private static Place Literal(string template, char symbol, List<Place> before)
    {
        if (symbol is 'A' or 'N' && before.Count > 0 && before[^1] is { Kind: PlaceKind.Symbol, Text: "B" })
            return new(PlaceKind.Class, symbol.ToString(), Written: true);
        return Symbols.All.Contains(symbol)
            ? new(PlaceKind.Symbol, symbol.ToString())
            : throw Wrong(template, $"has '{symbol}', which is none of the symbols {Symbols.All}");
    }

    private static string Word(string template, int start)
    {
        var end = start;
        while (end < template.Length && char.IsLetterOrDigit(template[end])) end++;
        return template[start..end];
    }

    private static UsageException Wrong(string template, string what) =>
        new($"The token-language template '{template}' {what}.");
}
