using System.Globalization;
using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.TokenLabels;

/// <summary>The class of every base of a sample, from a text with one letter each or a number for each.</summary>
/// <param name="options">Field, letters, the letter without a label.</param>
internal sealed class BaseLabels(TokenLabelsOptions options)
{
    private readonly char? unknown = options.Unknown.Length == 1 ? options.Unknown[0] : null;
    private readonly string untrained = options.UnseenLabels == Unseen.Error ? options.Untrained : "";

    /// <summary>The letters of a sample, one a base.</summary>
    /// <exception cref="DataException">The field is missing, or has more or fewer than the sequence has bases.</exception>
    public string Written(Sample sample)
    {
        if (!sample.Fields.TryGetValue(options.Field, out var value))
            throw new DataException($"{sample.Where}: there is no field '{options.Field}' with a label for every base; there are: "
                + $"{string.Join(", ", sample.Fields.Keys.Order(StringComparer.Ordinal).Take(20))}. Name it with 'field'.");
        var text = value is float[] numbers ? Letters(numbers, sample) : value.ToString()!;
        return text.Length == sample.Sequence.Length ? text
            : throw new DataException($"{sample.Where}: field '{options.Field}' has {text.Length} labels for {sample.Sequence.Length} "
                + "bases; write one for each base, without blanks.");
    }

    /// <summary>The class of every base, <see cref="Keys.Ignore"/> where it is not known.</summary>
    /// <exception cref="DataException">A letter is no class, or one that no training base has.</exception>
    public long[] Read(Sample sample)
    {
        var letters = Written(sample);
        var classes = new long[letters.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            classes[i] = letters[i] == unknown ? Keys.Ignore : options.Letters.IndexOf(letters[i], StringComparison.Ordinal);
            if (classes[i] == -1)
                throw new DataException($"{sample.Where}: the label '{letters[i]}' of base {i + 1} is none of '{options.Letters}'; "
                    + Remedy);
            if (untrained.Contains(letters[i])) throw Unlearnt(sample, letters[i], i);
        }
        return classes;
    }

    /// <summary>Looks through a split.</summary>
    /// <exception cref="DataException">As <see cref="Read"/>, for the first such row, with all letters that are unknown.</exception>
    public void Check(IEnumerable<Sample> samples)
    {
        var others = new UnknownLabels([.. options.Letters.Select(l => l.ToString())]);
        DataException? unlearnt = null;
        foreach (var sample in samples)
        {
            var letters = Written(sample);
            foreach (var letter in letters.Distinct())
            {
                if (letter == unknown) continue;
                if (!options.Letters.Contains(letter)) others.Add(letter.ToString(), sample);
                else if (untrained.Contains(letter)) unlearnt ??= Unlearnt(sample, letter, letters.IndexOf(letter));
            }
        }
        others.Refuse($"Each is a letter of field '{options.Field}'; {Remedy}");
        if (unlearnt is not null) throw unlearnt;
    }

    private const string Remedy = "correct it, or add it to 'letters' and to training rows.";

    private static DataException Unlearnt(Sample sample, char letter, int place) => new(
        $"{sample.Where}: the label '{letter}' of base {place + 1} is in no training row, so no model can learn it; add training rows with "
            + "it, or set 'unseenLabels: score'.");

    private string Letters(float[] numbers, Sample sample) => string.Create(numbers.Length, (numbers, sample, this), static (text, state) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var number = state.numbers[i];
            text[i] = float.IsNaN(number) ? state.Item3.unknown ?? '?' : number is >= 0 and <= 9 && number == (int)number
                ? (char)('0' + (int)number)
                : throw new DataException($"{state.sample.Where}: the label of base {i + 1} is "
                    + $"{number.ToString(CultureInfo.InvariantCulture)}; numbers from 0 to 9 are labels, for more classes write letters.");
        }
    });
}
