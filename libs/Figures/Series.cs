namespace PluginHost.Libs.Figures;

/// <summary>Values that belong together in a chart.</summary>
/// <param name="Name">In the legend; empty for none.</param>
/// <param name="Points">Ascending along X for a line. Values that are not finite leave a gap.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Ends of an interval around each point of a line, drawn as a pale band; empty for none.</summary>
    public IReadOnlyList<(double Low, double High)> Band { get; init; } = [];

    /// <summary>Which of the colours it has, from 0; by its place among the series unless set.</summary>
    public int? Color { get; init; }
}
