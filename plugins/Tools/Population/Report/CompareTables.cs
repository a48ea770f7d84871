using System.Globalization;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Report;

/// <summary>Figures as tables: a row a figure, a column a set.</summary>
/// <param name="options">Validated.</param>
/// <param name="comparison">Computed.</param>
internal sealed class CompareTables(CompareOptions options, Comparison comparison)
{
    /// <summary>The figures that say most.</summary>
    public ResultTable Main() => Table("Against the real haplotypes", FigureNames.Main);

    /// <summary>All others.</summary>
    public ResultTable Rest() => Table("Further figures",
        [.. comparison.Figures.Select(f => f.Name).Distinct().Except(FigureNames.Main)]);

    private ResultTable Table(string title, IReadOnlyList<string> names)
    {
        var table = new ResultTable(title, ["", .. comparison.All.Select(s => s.Name)]);
        if (names == FigureNames.Main) table.Add(["haplotypes", .. comparison.All.Select(s => $"{s.Count:N0}")]);
        var found = comparison.Figures.ToDictionary(f => (f.Set, f.Name));
        foreach (var name in names.Where(n => comparison.Figures.Any(f => f.Name == n)))
            table.Add([FigureNames.InWords(name, options.Rare),
                .. comparison.All.Select(s => found.TryGetValue((s.Name, name), out var figure) ? Cell(figure) : "")]);
        return table;
    }

    private static string Cell(Figure figure) => double.IsNaN(figure.Low) ? Number(figure.Value)
        : $"{Number(figure.Value)} ({Number(figure.Low)}{(figure.Low < 0 ? " to " : "-")}{Number(figure.High)})";

    private static string Number(double value) => !double.IsFinite(value) ? "-" : value == Math.Floor(value) ? $"{value:0}"
        : value.ToString(Math.Abs(value) switch { >= 100 => "0.0", >= 10 => "0.00", >= 0.1 => "0.000", _ => "0.0000" },
            CultureInfo.InvariantCulture).Replace("-0.0000", "0.0000", StringComparison.Ordinal);
}
