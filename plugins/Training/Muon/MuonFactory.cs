namespace PluginHost.Plugins.Muon;

/// <summary>Makes the optimizer.</summary>
internal sealed class MuonFactory(MuonOptions options) : IOptimizerFactory
{
    public IOptimizer Create(OptimizerContext context)
    {
        if (!context.Weights.Any(w => w.IsLayerMatrix))
            throw new UsageException(
                "train.optimizer: muon has nothing to do: no matrix of the backbone's layers is trained here "
                + "(tune: head, or an architecture that names no layers). Use another optimizer.");
        return new MuonOptimizer(options, context);
    }
}
