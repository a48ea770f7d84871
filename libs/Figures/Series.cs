namespace PluginHost.Libs.Figures;

/// <summary>Values that belong together in a chart.</summary>
/// <param name="Name">In the legend; empty for none.</param>
/// <param name="Points">Ascending along X for a line. Values that are not finite leave a gap.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);
