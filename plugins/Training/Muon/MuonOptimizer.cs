using PluginHost.Libs.Adam;
using static TorchSharp.torch;

namespace PluginHost.Plugins.Muon;

/// <summary>The matrices of the layers by orthogonal steps; embeddings, heads, biases, norms and whatever else there is by AdamW.</summary>
internal sealed class MuonOptimizer(MuonOptions options, OptimizerContext context) : IOptimizer
{
    private const string Suffix = ".momentum";

    private readonly List<MuonMatrix> matrices =
        [.. context.Weights.Where(w => w.IsLayerMatrix).Select(w => new MuonMatrix(w, options, context.WeightDecay))];

    private readonly AdamWeights rest = new(context.Weights.Where(w => !w.IsLayerMatrix), context);

    public void Step(OptimizerStep step)
    {
        foreach (var matrix in matrices) matrix.Step(step.LearningRate);
        rest.Step(step.LearningRate);
    }

    public IEnumerable<(string Name, Tensor Tensor)> State() =>
        [.. matrices.Where(m => m.Momentum is not null).Select(m => (m.Name + Suffix, m.Momentum!)), .. rest.State()];

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        var own = matrices.Where(m => state.ContainsKey(m.Name + Suffix)).ToList();
        var names = own.Select(m => m.Name + Suffix).ToHashSet();
        // First: it complains of names that belong to nobody.
        rest.Load(state.Where(s => !names.Contains(s.Key)).ToDictionary(s => s.Key, s => s.Value));
        foreach (var matrix in own) matrix.Load(state[matrix.Name + Suffix]);
    }

    public void Dispose()
    {
        foreach (var matrix in matrices) matrix.Dispose();
        rest.Dispose();
    }
}
