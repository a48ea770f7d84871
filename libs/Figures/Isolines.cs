using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace PluginHost.Libs.Figures;

/// <summary>Where points of several sets are dense, as lines of equal density in each set's colour.</summary>
public static class Isolines
{
    private const int Cells = 120;
    private const double Margin = 0.08;

    /// <summary>Draws them.</summary>
    /// <param name="frame">Around it.</param>
    /// <param name="sets">Of each at least two points.</param>
    /// <param name="shares">Of a set's points that lie within a line, for example 0.5 and 0.9.</param>
    public static string Draw(Frame frame, IReadOnlyList<Series> sets, IReadOnlyList<double> shares)
    {
        var x = Places(sets.SelectMany(s => s.Points).Select(p => p.X));
        var y = Places(sets.SelectMany(s => s.Points).Select(p => p.Y));
        var model = Chart.Model(frame);
        model.Axes.Add(Chart.Plain(new LinearAxis { Position = AxisPosition.Bottom, Title = frame.X, Minimum = x[0], Maximum = x[^1] }));
        model.Axes.Add(Chart.Lined(new LinearAxis { Position = AxisPosition.Left, Title = frame.Y, Minimum = y[0], Maximum = y[^1] }));
        foreach (var (number, set) in sets.Index())
        {
            var density = new Density(set.Points, x, y);
            model.Series.Add(new ContourSeries
            {
                ColumnCoordinates = x, RowCoordinates = y, Data = density.Values, Color = Chart.ColorOf(number), StrokeThickness = 1.4,
                ContourLevels = [.. shares.Select(density.Level).Distinct().Order()], LabelSpacing = double.PositiveInfinity,
            });
            // Contours have no place in a legend of their own.
            model.Series.Add(new LineSeries { Title = set.Name, Color = Chart.ColorOf(number), StrokeThickness = 1.6 });
        }
        return Chart.Export(model, frame);
    }

    private static double[] Places(IEnumerable<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var room = high > low ? Margin * (high - low) : 1;
        return [.. Enumerable.Range(0, Cells).Select(c => low - room + c * (high - low + 2 * room) / (Cells - 1))];
    }
}
