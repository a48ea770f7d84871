namespace PluginHost.PluginKit;

/// <summary>Builds components that the plugin under test does not offer itself: what other plugins do.</summary>
public interface IElsewhere
{
    /// <summary>Builds a component.</summary>
    /// <exception cref="UsageException">Nobody offers it.</exception>
    T Build<T>(ComponentSpec spec, BuildContext context) where T : class;
}
