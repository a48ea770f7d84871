using PluginHost;
using PluginHost.Plugins.CausalLm;

[assembly: Plugin(typeof(CausalLmPlugin))]

namespace PluginHost.Plugins.CausalLm;

/// <summary>Next-token prediction.</summary>
public sealed class CausalLmPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<IObjective, CausalLmOptions>("causal-lm", (options, context) => new CausalLmObjective(options, context),
            "Asks for every token from those before it, with any tokenizer and a causal architecture (Radford et al. 2019).");
}
