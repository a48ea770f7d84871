using PluginHost;
using PluginHost.Plugins.Muon;

[assembly: Plugin(typeof(MuonPlugin))]

namespace PluginHost.Plugins.Muon;

/// <summary>The optimizer that orthogonalises its steps.</summary>
public sealed class MuonPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<IOptimizerFactory, MuonOptions>("muon", (options, _) => new MuonFactory(options),
            "Momentum made orthogonal by Newton-Schulz steps for matrices of the backbone's layers (Jordan et al. 2024), AdamW "
                + "for the rest.");
}
