using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>Comparisons as tables and sentences.</summary>
public static class ComparisonText
{
    /// <summary>Below this a difference is called one.</summary>
    public const double Unlikely = 0.05;

    /// <summary>The figures of two models, and what the tests say.</summary>
    public static ResultTable Table(string first, string second, ModelComparison comparison)
    {
        var bootstrapped = comparison.Figures.Any(f => f.Bootstrap is not null);
        var table = new ResultTable(
            Invariant($"{first} (first) beside {second} (second) on {comparison.Samples:N0} samples"),
            ["", "first", "second", "difference", .. bootstrapped ? (string[])["95 % low", "95 % high", "bootstrap p"] : []]);
        foreach (var figure in comparison.Figures)
            table.Add([figure.Metric, Figure(figure.First), Figure(figure.Second), Signed(figure.First - figure.Second),
                .. figure.Bootstrap is { } b ? (string[])[Signed(b.Low), Signed(b.High), P(b.P)] : []]);
        foreach (var sentence in Sentences(comparison)) table.Notes.Add(sentence);
        return table;
    }

    /// <summary>What the tests say.</summary>
    public static IEnumerable<string> Sentences(ModelComparison comparison)
    {
        if (comparison.McNemar is { } m)
            yield return string.Create(CultureInfo.InvariantCulture, $"McNemar's exact test: {m.OnlyFirst:N0} samples are right with the "
                + $"first only, {m.OnlySecond:N0} with the second only; p {Is(m.P)}.");
        if (comparison.DeLong is { } d)
            yield return string.Create(CultureInfo.InvariantCulture, $"DeLong's test of auroc: {Figure(d.First)} (standard error "
                + $"{Figure(d.FirstError)}) and {Figure(d.Second)} ({Figure(d.SecondError)}), z "
                + $"{(double.IsNaN(d.Z) ? "-" : d.Z.ToString("0.00", CultureInfo.InvariantCulture))}; p {Is(d.P)}.");
        if (comparison.Wilcoxon is { } w)
            yield return string.Create(CultureInfo.InvariantCulture, $"Wilcoxon's signed-rank test of the absolute errors: the first is "
                + $"nearer by {w.Median:g4} (Hodges-Lehmann), {w.Pairs:N0} samples differ; p {Is(w.P)}.");
    }

    /// <summary>A p-value: <c>0.034</c>, <c>&lt; 0.001</c>.</summary>
    public static string P(double p) => PValue.Text(p, 3);

    /// <summary>A figure in four digits.</summary>
    public static string Figure(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A difference in four digits, with its sign.</summary>
    public static string Signed(double value) => double.IsNaN(value) ? "-"
        : value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string Is(double p) => P(p) is var text && text.StartsWith('<') ? text : $"= {text}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
