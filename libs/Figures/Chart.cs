using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace PluginHost.Libs.Figures;

/// <summary>Charts as SVG, for a page or a file of their own.</summary>
public static class Chart
{
    // Beyond this many cells a picture is smaller than rectangles.
    private const int MostRectangles = 6000;

    /// <summary>Lines over a common axis.</summary>
    public static string Lines(Frame frame, IReadOnlyList<Series> series) => Draw(frame, series.Select(Band).OfType<OxyPlot.Series.Series>()
        .Concat(series.Select((s, i) =>
    {
        var line = new LineSeries { Title = Title(s), Color = ColorOf(s.Color ?? i), StrokeThickness = 1.6 };
        line.Points.AddRange(s.Points.Select(p => new DataPoint(p.X, double.IsFinite(p.Y) ? p.Y : double.NaN)));
        return (OxyPlot.Series.Series)line;
    })));

    private static AreaSeries? Band(Series series, int place)
    {
        if (series.Band.Count == 0) return null;
        var color = OxyColor.FromAColor(45, ColorOf(series.Color ?? place));
        var band = new AreaSeries { Fill = color, Color = OxyColors.Transparent, StrokeThickness = 0 };
        for (var i = 0; i < series.Band.Count; i++)
        {
            var (low, high) = series.Band[i];
            if (!double.IsFinite(low) || !double.IsFinite(high)) continue;
            band.Points.Add(new(series.Points[i].X, high));
            band.Points2.Add(new(series.Points[i].X, low));
        }
        return band;
    }

    /// <summary>Points without lines.</summary>
    public static string Points(Frame frame, IReadOnlyList<Series> series) => Draw(frame, series.Select((s, i) =>
    {
        var size = s.Points.Count > 2000 ? 1.2 : 2.4;
        var dots = new ScatterSeries
        {
            Title = Title(s), MarkerType = MarkerType.Circle, MarkerSize = size,
            MarkerFill = OxyColor.FromAColor(170, ColorOf(s.Color ?? i)),
        };
        dots.Points.AddRange(s.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Select(p => new ScatterPoint(p.X, p.Y)));
        return (OxyPlot.Series.Series)dots;
    }));

    /// <summary>Horizontal bars, the first on top.</summary>
    /// <param name="frame">Its Y names the bars, its X their length; as high as the bars need.</param>
    /// <param name="bars">Name and length of each.</param>
    public static string Bars(Frame frame, IReadOnlyList<(string Name, double Value)> bars)
    {
        frame = frame with { Height = 64 + 26 * bars.Count };
        var model = Model(frame);
        var names = new CategoryAxis { Position = AxisPosition.Left, Title = frame.Y, GapWidth = 0.4 };
        names.Labels.AddRange(bars.Reverse().Select(b => b.Name));
        model.Axes.Add(Plain(names));
        model.Axes.Add(Lined(new LinearAxis { Position = AxisPosition.Bottom, Title = frame.X }));
        var series = new BarSeries { FillColor = Ink.Series[0], StrokeThickness = 0 };
        series.Items.AddRange(bars.Reverse().Select(b => new BarItem(double.IsFinite(b.Value) ? b.Value : 0)));
        model.Series.Add(series);
        return Export(model, frame);
    }

    /// <summary>Values of a matrix as colours.</summary>
    /// <param name="frame">Its X names the columns, its Y the rows.</param>
    /// <param name="values_RC">Axes row, column; what is not finite stays blank.</param>
    /// <param name="rows">Names of the rows, top to bottom; empty for numbers.</param>
    /// <param name="columns">Names of the columns; empty for numbers.</param>
    /// <param name="signed">Whether zero is the middle of the scale.</param>
    public static string HeatMap(Frame frame, double[,] values_RC, IReadOnlyList<string> rows, IReadOnlyList<string> columns, bool signed)
    {
        var (height, width) = (values_RC.GetLength(0), values_RC.GetLength(1));
        var data = new double[width, height];
        var most = 0.0;
        var least = double.PositiveInfinity;
        for (var r = 0; r < height; r++)
            for (var c = 0; c < width; c++)
            {
                var value = data[c, height - 1 - r] = values_RC[r, c];
                if (!double.IsFinite(value)) continue;
                most = Math.Max(most, signed ? Math.Abs(value) : value);
                least = Math.Min(least, value);
            }
        var model = Model(frame);
        model.Axes.Add(Names(AxisPosition.Left, frame.Y, [.. rows.Reverse()]));
        model.Axes.Add(Names(AxisPosition.Bottom, frame.X, columns));
        model.Axes.Add(Plain(new LinearColorAxis
        {
            Position = AxisPosition.Right, Palette = signed ? Ink.Signed : Ink.Amount, InvalidNumberColor = OxyColors.Transparent,
            Minimum = signed ? -most : Math.Min(0, double.IsFinite(least) ? least : 0), Maximum = most > 0 ? most : 1,
        }));
        model.Series.Add(new HeatMapSeries
        {
            X0 = 0, X1 = width - 1, Y0 = 0, Y1 = height - 1, Data = data, Interpolate = false,
            RenderMethod = width * height <= MostRectangles ? HeatMapRenderMethod.Rectangles : HeatMapRenderMethod.Bitmap,
        });
        return Export(model, frame);
    }

    private static string Draw(Frame frame, IEnumerable<OxyPlot.Series.Series> series)
    {
        var model = Model(frame);
        Axis along = frame.IsLogarithmic ? new LogarithmicAxis { UseSuperExponentialFormat = false } : new LinearAxis();
        (along.Position, along.Title, along.MaximumPadding, along.MinimumPadding) = (AxisPosition.Bottom, frame.X, 0.02, 0.02);
        model.Axes.Add(Plain(along));
        var up = Lined(new LinearAxis { Position = AxisPosition.Left, Title = frame.Y, MaximumPadding = 0.05, MinimumPadding = 0.05 });
        if (frame.Range is var (low, high)) (up.Minimum, up.Maximum) = (low, high);
        model.Axes.Add(up);
        foreach (var one in series) model.Series.Add(one);
        foreach (var (x, name) in frame.Marks)
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical, X = x, Text = name, Color = Ink.Text, TextColor = Ink.Text, StrokeThickness = 1,
                LineStyle = LineStyle.Dash,
            });
        return Export(model, frame);
    }

    internal static PlotModel Model(Frame frame)
    {
        var model = new PlotModel
        {
            Title = frame.Title.Length > 0 ? frame.Title : null, TitleFontSize = 13, TitleFontWeight = 600, TextColor = Ink.Text,
            Padding = new(18, 8, 8, 8),
            TitleColor = Ink.Text, PlotAreaBorderThickness = new OxyThickness(0), DefaultFont = Ink.MeasuredFont, DefaultFontSize = 12,
            Background = OxyColors.Transparent,
        };
        model.Legends.Add(new Legend
        {
            LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside, LegendTextColor = Ink.Text,
            LegendBorderThickness = 0,
            LegendBackground = OxyColors.Transparent,
        });
        return model;
    }

    private static Axis Names(AxisPosition position, string title, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return Plain(new LinearAxis { Position = position, Title = title, MinimumPadding = 0, MaximumPadding = 0 });
        var axis = new CategoryAxis { Position = position, Title = title, GapWidth = 0, Angle = position == AxisPosition.Bottom ? -45 : 0 };
        axis.Labels.AddRange(names);
        return Plain(axis);
    }

    internal static T Plain<T>(T axis)
        where T : Axis
    {
        (axis.TicklineColor, axis.AxislineColor, axis.TextColor, axis.TitleColor) = (Ink.Grid, Ink.Grid, Ink.Text, Ink.Text);
        (axis.AxisTitleDistance, axis.MinorTickSize) = (axis.Position == AxisPosition.Left ? 14 : 8, 0);
        return axis;
    }

    internal static T Lined<T>(T axis)
        where T : Axis
    {
        (axis.MajorGridlineStyle, axis.MajorGridlineColor, axis.TickStyle) = (LineStyle.Solid, Ink.Grid, TickStyle.None);
        return Plain(axis);
    }

    internal static OxyColor ColorOf(int series) => Ink.Series[series % Ink.Series.Count];

    private static string? Title(Series series) => series.Name.Length > 0 ? series.Name : null;

    internal static string Export(PlotModel model, Frame frame) => Ink.Style(new SvgExporter
    {
        Width = frame.Width, Height = frame.Height, IsDocument = false, UseVerticalTextAlignmentWorkaround = true,
        TextMeasurer = new RoomyText(),
    }.ExportToString(model));
}
