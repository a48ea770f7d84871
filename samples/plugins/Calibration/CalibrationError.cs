using PluginHost;

namespace Calibration;

/// <summary>
/// The expected calibration error (Naeini et al. 2015; Guo et al. 2017, equation 3): items are sorted into bins by the probability of the
/// predicted class, and |share of right ones - mean probability| is averaged over bins, each weighted by its items. 0 is best, 1 worst.
/// </summary>
/// <remarks>It says nothing of accuracy: who always predicts the base rate is calibrated. That predictor stands beside it.</remarks>
/// <param name="options">Bins.</param>
internal sealed class CalibrationError(CalibrationOptions options) : IMetric
{
    private readonly (long Items, long Right, double Confidence)[] bins = new (long, long, double)[options.Bins];

    public bool HigherIsBetter => false;

    public IReadOnlyList<IBaseline> Baselines { get; } = [new BaseRate()];

    public double Value => bins.Sum(b => b.Items) is > 0 and var items
        ? bins.Sum(b => Math.Abs(b.Right - b.Confidence)) / items
        : double.NaN;

    public void Add(Scored scored)
    {
        if (scored is not { Probabilities: { } probabilities, Predicted: { } predicted })
            throw new UsageException("calibration-error needs probabilities of classes, which this objective does not give.");
        for (var n = 0; n < scored.Labels?.Length; n++)
        {
            if (scored.Labels[n] == Keys.Ignore) continue;
            var confidence = probabilities[n, predicted[n]];
            // A bin holds its upper end, as in the paper; 0 goes into the first.
            ref var bin = ref bins[Math.Clamp((int)Math.Ceiling(confidence * options.Bins) - 1, 0, options.Bins - 1)];
            bin.Items++;
            bin.Confidence += confidence;
            if (scored.Labels[n] == predicted[n]) bin.Right++;
        }
    }
}
