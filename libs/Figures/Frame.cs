namespace PluginHost.Libs.Figures;

/// <summary>What is around a chart.</summary>
/// <param name="Title">Above it; empty for none.</param>
/// <param name="X">What runs along it, with its unit.</param>
/// <param name="Y">What runs up it, with its unit.</param>
public sealed record Frame(string Title, string X, string Y)
{
    /// <summary>Width in pixels where the page does not stretch it. Default 760.</summary>
    public double Width { get; init; } = 760;

    /// <summary>Height in pixels. Default 300.</summary>
    public double Height { get; init; } = 300;

    /// <summary>Ends of the vertical axis; null for as far as the values go.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Whether what runs along it grows by factors: lines alone, and values above 0.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Places along the chart that a dashed line marks, each with its name.</summary>
    public IReadOnlyList<(double X, string Name)> Marks { get; init; } = [];
}
