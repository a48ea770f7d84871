namespace PluginHost.Host.BuiltIns;

/// <summary>One of the host's own components. The host scans its assembly for these; there is no central list.</summary>
/// <remarks>Implementations are public, have a parameterless constructor and do nothing but add their component.</remarks>
public interface IBuiltIn
{
    /// <summary>Adds the component through the door plugins use.</summary>
    void Register(ICatalog catalog);
}
