namespace PluginHost.Plugins.Metrics;

/// <summary>
/// A figure of class probabilities, or, where each sample has several labels that hold or do not, the mean over these labels' figures.
/// Keeps a row for every item until it is read.
/// </summary>
/// <param name="name">For messages.</param>
internal abstract class ProbabilityMetric(string name) : IMetric
{
    private readonly List<int> truths = [];
    private readonly List<float[]> rows = [];
    private readonly OutputColumns labels = new();
    private int classes;

    /// <inheritdoc/>
    public virtual bool HigherIsBetter => true;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        if (scored is { Probabilities: null, Outputs: not null }
            && scored.Targets?.Cast<float>().All(t => t is 0 or 1 || float.IsNaN(t)) != false)
        {
            labels.Add(scored, name);
            return;
        }
        var found = scored.AddProbabilities(name, truths, rows);
        if (classes > 0 && found > 0 && found != classes)
            throw new PluginException($"The objective gave probabilities for {classes} classes in one batch and for {found} in another.");
        classes = Math.Max(classes, found);
    }

    /// <inheritdoc/>
    public double Value => labels.Width > 0 ? OutputColumns.Mean(PerOutput) : truths.Count == 0 ? double.NaN
        : Compute(truths, rows, classes);

    /// <inheritdoc/>
    public virtual MetricUse Usual => MetricUse.None;

    /// <inheritdoc/>
    public double OfClass(int c)
    {
        if (c >= classes) return double.NaN;
        var (scores, positive) = Column(truths, rows, c);
        return OfLabel(scores, positive);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> PerOutput => labels.Each((scores, targets) => OfLabel(scores, Array.ConvertAll(targets, t => t == 1)));

    /// <summary>Computes the figure.</summary>
    /// <param name="truths">True classes, at least one item.</param>
    /// <param name="rows">Their probabilities.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    protected abstract double Compute(IReadOnlyList<int> truths, IReadOnlyList<float[]> rows, int classes);

    /// <summary>The figure of one label; NaN where it is undefined.</summary>
    /// <param name="probabilities">That it holds.</param>
    /// <param name="positive">Whether it does.</param>
    protected abstract double OfLabel(float[] probabilities, bool[] positive);

    /// <summary>A class's probabilities, and whether items are of it, over the items that pass.</summary>
    protected static (float[] Scores, bool[] Positive) Column(IReadOnlyList<int> truths, IReadOnlyList<float[]> rows, int c, Func<int,
        bool>? pass = null)
    {
        var scores = new List<float>(rows.Count);
        var positive = new List<bool>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (pass is not null && !pass(truths[i])) continue;
            scores.Add(rows[i][c]);
            positive.Add(truths[i] == c);
        }
        return ([.. scores], [.. positive]);
    }
}
