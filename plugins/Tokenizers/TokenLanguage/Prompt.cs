using System.Globalization;

namespace PluginHost.Plugins.TokenLanguage;

/// <summary>The tokens of one sample around its sequence.</summary>
/// <param name="options">Number layout and meaning of classes.</param>
/// <param name="places">The template.</param>
internal sealed class Prompt(TokenLanguageOptions options, IReadOnlyList<Place> places)
{
    /// <summary>A token that stands for no bases, with its value if it is a number.</summary>
    public readonly record struct Token(int Id, float? Value = null);

    /// <summary>Whether number tokens occur.</summary>
    public bool HasNumbers { get; } = places.Any(p => p.Kind == PlaceKind.Number);

    /// <summary>Composes what stands before and after the sequence.</summary>
    /// <exception cref="DataException">A field is missing, not a number, no yes or no, or no species.</exception>
    public (List<Token> Before, List<Token> After) Compose(Sample sample)
    {
        List<Token> before = [], after = [];
        var tokens = before;
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            switch (place.Kind)
            {
                case PlaceKind.Sequence: tokens = after; break;
                case PlaceKind.Symbol: tokens.Add(new(Symbols.Id(place.Text[0]))); break;
                case PlaceKind.Number: AddNumbers(tokens, sample, place.Text, Joint(i)); break;
                case PlaceKind.Class: tokens.Add(new(Class(sample, place))); break;
                default: tokens.Add(new(Name(sample, place.Text))); break;
            }
        }
        return (before, after);
    }

    /// <summary>The connection before this number's M, if it has one: what is repeated for each further value.</summary>
    private char? Joint(int number)
    {
        var isFirst = places[number - 1].Kind == PlaceKind.Symbol;
        return isFirst && number >= 2 && places[number - 2] is { Kind: PlaceKind.Symbol, Text: "+" or "=" } joint ? joint.Text[0] : null;
    }

    private void AddNumbers(List<Token> tokens, Sample sample, string field, char? joint)
    {
        var number = Symbols.Id(Symbols.Number);
        var values = sample.Fields.TryGetValue(field, out var value) && value is float[] vector ? vector : [(float)sample.Number(field)];
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new DataException($"{sample.Where}: value {i + 1} of field '{field}' is "
                    + $"{values[i].ToString(CultureInfo.InvariantCulture)}, which is not a finite number in single precision.");
            if (i > 0 && options.Numbers == NumberLayout.Interleaved)
            {
                if (joint is { } symbol) tokens.Add(new(Symbols.Id(symbol)));
                tokens.Add(new(number));
            }
            tokens.Add(new(number, values[i]));
        }
    }

    private int Class(Sample sample, Place place)
    {
        if (place.Written) return Letter(place.Text[0]);
        var value = sample.Text(place.Text);
        var yes = value.ToLowerInvariant() switch
        {
            "1" or "yes" or "true" => true,
            "0" or "no" or "false" => false,
            _ => throw new DataException(
                $"{sample.Where}: field '{place.Text}' is '{value}', which is neither yes nor no; write 1, yes, true, 0, no or false."),
        };
        return Letter(yes == (options.Classes == ClassMeaning.Paper) ? 'A' : 'N');
    }

    private static int Name(Sample sample, string field)
    {
        if (!sample.Fields.ContainsKey(field))
            throw new DataException($"{sample.Where}: there is no field '{field}'; there "
                + $"{(sample.Fields.Count == 0 ? "are none" : $"are: {string.Join(", ", sample.Fields.Keys.Order())}")}. The tokenizer's "
                + "template asks for it: "
                + (field == Sample.SpeciesField
                    ? "FASTA and class folders have it from their option 'species' (species: Homo_sapiens; on a "
                    + "command line --data species=Homo_sapiens), tables from a column of that name; tools with a "
                    + "model take --field species=Homo_sapiens." : "give the table such a column."));
        var value = sample.Text(field);
        return Symbols.TryRead(value, out var id)
            ? id
            : throw new DataException($"{sample.Where}: field '{field}' is '{value}', which is no reserved symbol ({Symbols.All}) and no "
                + $"known species: {string.Join(", ", Symbols.Species)}.");
    }

    /// <summary>Words of one base come first in a dynamic vocabulary.</summary>
    private static int Letter(char letter) => Symbols.All.Length + Words.Bases.IndexOf(letter);
}
