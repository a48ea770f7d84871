namespace PluginHost.Plugins.Variants.Saturation;

/// <summary>What mutants are told apart by.</summary>
public enum SaturationScore
{
    /// <summary>Each output of a model that says something of a sequence.</summary>
    Outputs,

    /// <summary>How likely a masked or causal language model finds them.</summary>
    Likelihood,
}
