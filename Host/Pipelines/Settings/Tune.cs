namespace PluginHost.Host.Pipelines.Settings;

/// <summary>Which weights a stage trains.</summary>
public enum Tune
{
    /// <summary>All.</summary>
    Full,

    /// <summary>The heads alone; the backbone stays as it is.</summary>
    Head,

    /// <summary>The heads first, then layer by layer from the top down (Howard and Ruder 2018, 3.3), as ENBED is fine-tuned.</summary>
    Gradual,

    /// <summary>The heads, and beside named layers products of two thin matrices (Hu et al. 2022); the backbone stays as it is.</summary>
    Lora,
}
