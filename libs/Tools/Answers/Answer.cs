namespace PluginHost.Libs.Tools.Answers;

/// <summary>What a model says of a sequence, or of a stretch of it.</summary>
/// <param name="Place">The sequence's place in its source.</param>
/// <param name="Sample">The sequence.</param>
/// <param name="Span">The bases it is about; the whole sequence unless a token labeller says it.</param>
/// <param name="Values">Axis C: probabilities, or numbers in the units of the data.</param>
public sealed record Answer(long Place, Sample Sample, BaseSpan Span, float[] Values)
{
    private const double Smallest = 1e-12;

    /// <summary>
    /// The log-odds of an output that is a probability, ln(p / (1 - p)). Of classes 1 - p is the sum of the others, so that a sure answer
    /// is not cut off by rounding; beyond 1e-12 it ends all the same.
    /// </summary>
    /// <param name="output">Axis C.</param>
    /// <param name="kind">Of the model.</param>
    public double LogOdds(int output, OutputKind kind)
    {
        var held = (double)Values[output];
        var others = kind == OutputKind.Labels ? 1 - held : Values.Where((_, c) => c != output).Sum(v => (double)v);
        return Math.Log(Math.Max(held, Smallest)) - Math.Log(Math.Max(others, Smallest));
    }
}
