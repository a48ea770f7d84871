namespace PluginHost;

/// <summary>
/// Options of a data source that has a share of another's training split. The host knows the source by its options class
/// implementing this: <c>subsets:</c> of a pipeline puts it around the data of finetune stages.
/// </summary>
public interface ISubsetOptions
{
    /// <summary>The data whose training split is cut.</summary>
    ComponentSpec? Data { get; set; }

    /// <summary>Per cent of the training samples that are kept: above 0, at most 100.</summary>
    double Percent { get; set; }
}
