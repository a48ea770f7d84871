using PluginHost;
using PluginHost.Fixtures;
using TorchSharp;

[assembly: Plugin(typeof(ThrowsInTraining))]

namespace PluginHost.Fixtures;

/// <summary>An optimizer and an observer that are built well and fail in the midst of training.</summary>
public sealed class ThrowsInTraining : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<IOptimizerFactory, NoOptions>("stumbles", (_, _) => new Stumbles(), "Throws in its third step.");
        catalog.Add<IRunObserver, NoOptions>("blinks", (_, _) => new Blinks(), "Throws at the first figures.");
    }

    private sealed class Stumbles : IOptimizerFactory, IOptimizer
    {
        private int steps;

        public IOptimizer Create(OptimizerContext context) => this;

        public void Step(OptimizerStep step)
        {
            if (++steps == 3) throw new InvalidOperationException("it stumbled");
        }

        public IEnumerable<(string Name, torch.Tensor Tensor)> State() => [];

        public void Load(IReadOnlyDictionary<string, torch.Tensor> state) { }

        public void Dispose() { }
    }

    private sealed class Blinks : IRunObserver
    {
        public void Trained(TrainingFigures figures) => throw new InvalidOperationException("it blinked");
    }
}
