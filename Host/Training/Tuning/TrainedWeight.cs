using TorchSharp.Modules;

namespace PluginHost.Host.Training.Tuning;

/// <summary>A weight that a stage trains.</summary>
/// <param name="Name">Its published name.</param>
/// <param name="Parameter">The weight.</param>
/// <param name="RateFactor">What the learning rate is multiplied by.</param>
public sealed record TrainedWeight(string Name, Parameter Parameter, double RateFactor = 1);
