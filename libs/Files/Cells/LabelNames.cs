using System.Globalization;
using System.Text;

namespace PluginHost.Libs.Files.Cells;

/// <summary>Finds labels of a training split that cannot be meant as the classes they would make.</summary>
public static class LabelNames
{
    /// <summary>Up to so many different numbers are classes, whatever they are.</summary>
    private const int FewNumbers = 10;

    /// <summary>A label that stands for a missing value, in words; null where it does not.</summary>
    public static string? Missing(string label) => MissingText.Is(label)
        ? $"the label '{label}' reads as a missing value, not as a class; fill it in or remove the row, or name it in 'labels' if it is a "
            + "class"
        : null;

    /// <summary>
    /// Two labels that differ by case, blanks or the way a number is written only, the rarer first; null where there are none.
    /// </summary>
    /// <param name="rows">How many rows have each.</param>
    public static (string Label, string Problem)? Twins(IReadOnlyDictionary<string, long> rows)
    {
        foreach (var alike in rows.GroupBy(r => Plain(r.Key), StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            // Of several that are as rare, the last came last.
            var (rare, usual) = (alike.Reverse().MinBy(r => r.Value), alike.MaxBy(r => r.Value));
            return (rare.Key, $"the label '{rare.Key}' ({Wording.Counted(rare.Value, "row")}) differs from '{usual.Key}' "
                + $"({Wording.Counted(usual.Value, "row")}) only in how it is written; write both alike, or name both in 'labels' if they "
                + "are two classes");
        }
        return null;
    }

    /// <summary>Says that labels are measurements rather than classes; null where they are not.</summary>
    /// <param name="rows">How many rows have each.</param>
    public static string? Measurements(IReadOnlyDictionary<string, long> rows)
    {
        if (rows.Count <= FewNumbers) return null;
        var whole = true;
        foreach (var label in rows.Keys)
        {
            if (!double.TryParse(label.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return null;
            whole &= value == Math.Floor(value);
        }
        return whole && 2 * rows.Count <= rows.Values.Sum() ? null
            : $"the labels are {rows.Count:N0} different numbers ({NameList.Shorten([.. rows.Keys], 3)}): measurements, not classes; use "
                + "'regress', or name them in 'labels' if each is a class";
    }

    private static string Plain(string label)
    {
        var text = string.Concat(label.Normalize(NormalizationForm.FormKC)
            .Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control)));
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture) : text;
    }
}
