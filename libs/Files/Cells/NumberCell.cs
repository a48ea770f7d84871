using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginHost.Libs.Files.Cells;

/// <summary>
/// A cell with one number, or several with blanks, semicolons, bars or commas between them; <see cref="MissingText"/> is a missing one. A
/// comma that may as well stand before decimals or between thousands is refused, since 0,5 read as 0 and 5 is silently wrong.
/// </summary>
public static partial class NumberCell
{
    private const int Shown = 40;
    private static readonly char[] separators = [' ', ',', ';', '|', '\t', '[', ']'];

    /// <summary>The numbers of a cell, NaN where one is missing; null where it holds something else.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="problem">What is wrong, as a clause that follows the name of the cell; null where nothing is.</param>
    /// <param name="flags">Whether only 0 and 1 are expected, so that a comma can but stand between two of them.</param>
    public static float[]? Read(string text, out string? problem, bool flags = false)
    {
        problem = null;
        var cell = text.AsSpan().Trim();
        if (TryOne(cell, out var one)) return [one];
        if (!flags && IsAmbiguous(cell))
        {
            problem = $"has '{Short(cell)}', which may be one number with a decimal comma or a thousands separator, or several "
                + "numbers; write a point before decimals (0.5), nothing between thousands, and semicolons between several numbers (0;5).";
            return null;
        }
        var parts = text.Split(separators, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new float[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (TryOne(parts[i], out numbers[i])) continue;
            problem = $"has '{Short(parts[i])}', which is not a number; write numbers with semicolons or blanks between them, and NA for "
                + "one that is missing.";
            return null;
        }
        return numbers;
    }

    /// <summary>A single number; NaN where it is missing.</summary>
    public static bool TryOne(ReadOnlySpan<char> text, out float number)
    {
        number = float.NaN;
        return MissingText.Is(text) || float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>
    /// 0,5 and 12,345; 1,234,567.8 and 1 234.5; 1.234,5; and decimals with commas between other separators: 0,5;0,7. Brackets, and blanks
    /// after commas, make a list.
    /// </summary>
    private static bool IsAmbiguous(ReadOnlySpan<char> cell) =>
        OneComma().IsMatch(cell) || Thousands().IsMatch(cell) || PointThousands().IsMatch(cell)
        || (CommaBeforeDigit().IsMatch(cell) && cell.ContainsAny(" ;|\t") && !cell.StartsWith("["));

    private static string Short(ReadOnlySpan<char> text) => text.Length > Shown ? $"{text[..Shown]}..." : text.ToString();

    [GeneratedRegex(@"^[+-]?\d*,\d+([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OneComma();

    [GeneratedRegex(@"^[+-]?(\d{1,3}(,\d{3})+|\d{1,2}( \d{3})+)(\.\d*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?\d{1,3}(\.\d{3})+,\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex PointThousands();

    [GeneratedRegex(@"\d,\d", RegexOptions.CultureInvariant)]
    private static partial Regex CommaBeforeDigit();
}
