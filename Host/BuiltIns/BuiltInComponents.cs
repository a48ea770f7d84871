namespace PluginHost.Host.BuiltIns;

/// <summary>The host's own sources and metrics, offered as one plugin.</summary>
/// <param name="components">Every <see cref="IBuiltIn"/> that scanning found.</param>
public sealed class BuiltInComponents(IEnumerable<IBuiltIn> components) : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        foreach (var component in components.OrderBy(c => c.GetType().FullName, StringComparer.Ordinal)) component.Register(catalog);
    }
}
