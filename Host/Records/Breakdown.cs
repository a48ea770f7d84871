namespace PluginHost.Host.Records;

/// <summary>The figures of a split, group of samples by group of samples.</summary>
/// <param name="By">What tells the groups apart: class, output, length, or a field of the data.</param>
/// <param name="Rows">A row a group.</param>
public sealed record Breakdown(string By, IReadOnlyList<BreakdownRow> Rows)
{
    /// <summary>By true class, each class against all others.</summary>
    public const string Class = "class";

    /// <summary>Each label or real-valued output of a model with several, by the metrics that are means over them.</summary>
    public const string Output = "output";

    /// <summary>By sequence length, in up to four groups of about equal size.</summary>
    public const string Length = "length";

    /// <summary>What is broken down unless a stage says otherwise.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Class, Output, Length];
}

/// <summary>One group.</summary>
/// <param name="Group">A class, an output, a range of lengths, or a value of the field.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Metrics">Figures by name; those that are undefined on the group are NaN.</param>
public sealed record BreakdownRow(string Group, long Samples, IReadOnlyDictionary<string, double> Metrics);
