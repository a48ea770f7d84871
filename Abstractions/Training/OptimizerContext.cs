namespace PluginHost;

/// <summary>What an optimizer is made for: the weights, and the settings of <c>train:</c> that all optimizers share.</summary>
public sealed record OptimizerContext
{
    /// <summary>What is trained sooner or later, in a fixed order; layers may still be frozen, and then have no gradient.</summary>
    public required IReadOnlyList<TrainedWeight> Weights { get; init; }

    /// <summary><c>weightDecay</c>: share of a weight, times the learning rate, taken off each step. At least 0; default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary><c>beta1</c>: decay of the gradients' running mean, for optimizers that keep one. 0 to 1; default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary><c>beta2</c>: decay of the squared gradients' running mean. 0 to 1; default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary><c>epsilon</c>: added to denominators. Above 0; default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
