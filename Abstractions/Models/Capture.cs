namespace PluginHost;

/// <summary>What a backbone is asked to keep beside its streams.</summary>
[Flags]
public enum Capture
{
    /// <summary>Nothing: the fastest path.</summary>
    None = 0,

    /// <summary>The hidden states before the first layer and after each.</summary>
    HiddenStates = 1,

    /// <summary>Attention probabilities of each layer, "B H T T"; forces the plain attention path.</summary>
    Attentions = 2,
}
