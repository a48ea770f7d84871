using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Libs.Adam;

/// <summary>Weights that Adam with decoupled weight decay trains: those of one learning rate and decay go through one fused call.</summary>
/// <remarks>State: <c>NAME.exp_avg</c>, <c>NAME.exp_avg_sq</c> and <c>NAME.step</c> for each weight that took a step.</remarks>
public sealed class AdamWeights : IDisposable
{
    private readonly FusedAdamW adam;
    private readonly IReadOnlyList<double> factors;

    /// <param name="weights">What it trains; may be empty.</param>
    /// <param name="settings">Betas, epsilon and weight decay.</param>
    public AdamWeights(IEnumerable<TrainedWeight> weights, OptimizerContext settings)
    {
        var alike = weights.GroupBy(w => (w.RateFactor, w.IsDecayed)).ToList();
        factors = [.. alike.Select(g => g.Key.RateFactor)];
        var groups = alike.Select(g => new FusedAdamW.Group(g.Select(w => (w.Name, w.Parameter)))
        {
            WeightDecay = g.Key.IsDecayed ? settings.WeightDecay : 0,
        });
        adam = new FusedAdamW(groups, settings.Beta1, settings.Beta2, settings.Epsilon);
    }

    /// <summary>Updates the weights that have gradients.</summary>
    /// <param name="rate">Learning rate before the weights' own factors.</param>
    public void Step(double rate)
    {
        for (var i = 0; i < factors.Count; i++) adam.Groups[i].LearningRate = rate * factors[i];
        adam.Update();
    }

    /// <summary>The moments and step counts.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() => adam.State().Select(s => (s.Key, s.Value));

    /// <summary>Goes on from them.</summary>
    /// <exception cref="ArgumentException">A name or shape belongs to no weight here.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state) => adam.LoadState(state);

    /// <inheritdoc/>
    public void Dispose() => adam.Dispose();
}
