using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Scoring;

/// <summary>Says which figures are undefined on a split, and why: they are shown as <c>-</c>.</summary>
public static class UndefinedFigures
{
    /// <summary>A sentence; nothing where every figure is a number.</summary>
    /// <param name="stage">Its name, and what else begins the sentence.</param>
    /// <param name="split">Where it was scored.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="confusion">For objectives with classes.</param>
    public static IEnumerable<string> Sentences(string stage, string split, IReadOnlyDictionary<string, double> metrics,
        Confusion? confusion)
    {
        string[] names = [.. metrics.Where(m => double.IsNaN(m.Value)).Select(m => m.Key)];
        if (names.Length > 0)
            yield return $"{stage}: {string.Join(", ", names)} {(names.Length == 1 ? "is" : "are")} undefined (-) on {split}: "
                + $"{Why(split, confusion)}.";
    }

    /// <summary>Why a figure may be undefined, as a clause.</summary>
    public static string Why(string split, Confusion? confusion)
    {
        var known = confusion?.Classes.Where((_, c) => confusion.Counts[c].Sum() > 0).ToList() ?? [];
        return known is [var only]
            ? $"all its {confusion!.Counts.Sum(c => c.Sum()).ToString("N0", CultureInfo.InvariantCulture)} labelled items are of the class "
                + $"'{only}'"
            : $"the truths of {split}, or what the model says of them, do not differ";
    }
}
