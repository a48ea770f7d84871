using System.Globalization;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>
/// Groups labels so that every part of a data set gets its share of each: classes by name, measured values by tenths of their ranks, texts
/// that hardly repeat not at all.
/// </summary>
internal static class Strata
{
    /// <summary>More different labels than this, or than half the rows, are no classes.</summary>
    private const int MostClasses = 100;

    private const int Bins = 10;

    /// <summary>The stratum of each row.</summary>
    /// <param name="labels">As written; null for none.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string?> labels)
    {
        var different = labels.Distinct().Count();
        if (different <= MostClasses && 2L * different <= labels.Count) return [.. labels.Select(l => l ?? "")];
        var values = labels.Select(l => double.TryParse(l, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : double.NaN).ToArray();
        if (values.Any(double.IsNaN)) return [.. labels.Select(_ => "")];
        var strata = new string[labels.Count];
        var order = Enumerable.Range(0, labels.Count).OrderBy(i => values[i]).ThenBy(i => i).ToArray();
        for (var rank = 0; rank < order.Length; rank++)
            strata[order[rank]] = ((long)rank * Bins / order.Length).ToString(CultureInfo.InvariantCulture);
        return strata;
    }
}
