namespace PluginHost;

/// <summary>A plugin's table of contents.</summary>
public interface IPlugin
{
    /// <summary>Adds every component the assembly offers, one <see cref="ICatalog.Add{TComponent,TOptions}"/> line each.</summary>
    /// <param name="catalog">Where the names go. Do no other work here: the host calls this for every plugin at every start.</param>
    void Register(ICatalog catalog);
}
