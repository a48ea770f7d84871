namespace PluginHost;

using static TorchSharp.torch;

/// <summary>One summand of a loss, as a sum and a count so that unequal micro-batches accumulate exactly.</summary>
/// <param name="Name">Its name in logs; equals a name given to <see cref="Batch.SetTargets"/>.</param>
/// <param name="Sum">Scalar tensor: the loss summed over targets.</param>
/// <param name="Count">Number of targets summed.</param>
/// <param name="Weight">The loss minimised is the sum over terms of Weight times Sum / Count.</param>
public sealed record LossTerm(string Name, Tensor Sum, long Count, float Weight = 1f);
