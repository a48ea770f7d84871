using PluginHost;
using PluginHost.Plugins.TensorBoard;

[assembly: Plugin(typeof(TensorBoardPlugin))]

namespace PluginHost.Plugins.TensorBoard;

/// <summary>Curves for TensorBoard.</summary>
public sealed class TensorBoardPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<IRunObserver, TensorBoardOptions>("tensorboard", (options, _) => new TensorBoardObserver(options),
            "Writes event files for TensorBoard into observers/tensorboard of the run folder, a folder a stage.");
}
