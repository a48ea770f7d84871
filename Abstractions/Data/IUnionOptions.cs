namespace PluginHost;

/// <summary>
/// Options of a data source that is several others together, split by split. The host knows the source by its options class
/// implementing this: a benchmark that trains on all groups of a task puts it around their data.
/// </summary>
public interface IUnionOptions
{
    /// <summary>The data sources put together.</summary>
    ComponentSpec[] Sources { get; set; }
}
