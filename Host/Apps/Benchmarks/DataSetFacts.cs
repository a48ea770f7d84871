namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>What a data set holds.</summary>
/// <param name="Train">Training samples.</param>
/// <param name="Dev">Development samples.</param>
/// <param name="Test">Test samples.</param>
/// <param name="Labels">Labels of the training samples in the order of classes; empty where they are numbers without end.</param>
/// <param name="Leakage">Test samples that are known from training.</param>
public sealed record DataSetFacts(long Train, long Dev, long Test, IReadOnlyList<string> Labels, Leakage Leakage);

/// <summary>Test samples that are also in the training or dev split.</summary>
/// <param name="Sequences">Test samples.</param>
/// <param name="Exact">Those that are there as they are.</param>
/// <param name="ReverseComplement">Those whose reverse complement is.</param>
/// <param name="Near">Those that are nearly the same as one, on either strand.</param>
/// <param name="Identity">What counts as nearly: 0.95 is an identity of at least 95 %; 0 when it was not looked for.</param>
public sealed record Leakage(long Sequences, long Exact, long ReverseComplement, long Near, double Identity)
{
    /// <summary>All of them.</summary>
    public long Total => Exact + ReverseComplement + Near;

    /// <summary>In words: <c>16 of 613 (2.6 %): 16 the same</c>.</summary>
    public override string ToString()
    {
        if (Total == 0) return "none";
        var kinds = new[] { (Exact, "the same"), (ReverseComplement, "reverse complements"), (Near, "nearly the same") }.Where(k =>
            k.Item1 > 0).Select(k => $"{k.Item1:N0} {k.Item2}");
        return FormattableString.Invariant($"{Total:N0} of {Sequences:N0} ({100.0 * Total / Math.Max(1, Sequences):0.0} %): ")
            + string.Join(", ", kinds);
    }
}
