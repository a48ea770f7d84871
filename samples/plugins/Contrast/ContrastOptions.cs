using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Contrast;

/// <summary>What a pipeline may say about the objective.</summary>
public sealed class ContrastOptions
{
    [Range(0.001, 100), Description("Similarities are divided by it: the lower, the more the nearest wrong views count.")]
    public double Temperature { get; set; } = 0.1;

    [Range(0.01, 1), Description("Least share of the bases that a view keeps: each is a random stretch of that share to all of them.")]
    public double Crop { get; set; } = 0.7;

    [Range(0, 0.9), Description("Share of the bases of a view that are replaced by another one.")]
    public double Mutations { get; set; } = 0.05;

    [Description("Whether every second view, at random, is the reverse complement.")]
    public bool ReverseComplement { get; set; } = true;

    [Range(1, 100_000), Description("Width of the vectors that are compared.")]
    public int Width { get; set; } = 64;
}

/// <summary>What a pipeline may say about the head.</summary>
public sealed class ProjectionOptions
{
    [Range(1, 100_000), Description("Width of the vectors.")]
    public int Width { get; set; } = 64;
}

/// <summary>What a pipeline may say about the metric.</summary>
public sealed class ViewRecallOptions
{
    [Range(1, 1000), Description("How many of the nearest are looked at.")]
    public int Nearest { get; set; } = 1;

    [Range(2, 100_000), Description("Views that are compared, the first ones scored: memory and time grow with their square.")]
    public int Most { get; set; } = 4000;
}
