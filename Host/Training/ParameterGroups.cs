using TorchSharp.Modules;

namespace PluginHost.Host.Training;

/// <summary>Which weights are decayed: matrices and embeddings are, biases and norm scales (fewer than two axes) are not.</summary>
public static class ParameterGroups
{
    /// <summary>Splits parameters, keeping their order.</summary>
    public static (IReadOnlyList<Parameter> Decayed, IReadOnlyList<Parameter> Free) Split(IEnumerable<Parameter> parameters)
    {
        var groups = parameters.ToLookup(p => p.dim() >= 2);
        return ([.. groups[true]], [.. groups[false]]);
    }
}
