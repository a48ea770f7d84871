namespace PluginHost.Host.Tests.Plugins.Kit;

using static TorchSharp.torch;

/// <summary>Gradient descent with momentum, with one fault.</summary>
internal sealed class FaultyOptimizer(Fault fault) : IOptimizerFactory
{
    public IOptimizer Create(OptimizerContext context) => new Descent(fault, context.Weights);

    private sealed class Descent(Fault fault, IReadOnlyList<TrainedWeight> weights) : IOptimizer
    {
        private readonly Dictionary<string, Tensor> momentum = [];

        public void Step(OptimizerStep step)
        {
            foreach (var weight in weights)
            {
                if (fault == Fault.MovesAll) weight.Parameter.mul_(0.9);
                if (weight.Parameter.grad is not { } gradient || fault == Fault.Lazy) continue;
                momentum[weight.Name] = (momentum.TryGetValue(weight.Name, out var before) ? before * 0.9 + gradient : gradient.clone())
                    .DetachFromDisposeScope();
                weight.Parameter.sub_(momentum[weight.Name] * (fault == Fault.NotFinite ? double.NaN : step.LearningRate));
            }
        }

        public IEnumerable<(string Name, Tensor Tensor)> State() => fault == Fault.SavesNothing ? []
            : momentum.Select(m => (fault == Fault.UnstableNames ? "momentum." + m.Key : m.Key + ".momentum", m.Value));

        public void Load(IReadOnlyDictionary<string, Tensor> state)
        {
            foreach (var (name, tensor) in state) momentum[name.Replace(".momentum", "")] = tensor.clone();
        }

        public void Dispose()
        {
            foreach (var tensor in momentum.Values) tensor.Dispose();
        }
    }
}
