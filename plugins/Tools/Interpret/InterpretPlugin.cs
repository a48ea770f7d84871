using PluginHost;
using PluginHost.Plugins.Interpret;
using PluginHost.Plugins.Interpret.Attention;

[assembly: Plugin(typeof(InterpretPlugin))]

namespace PluginHost.Plugins.Interpret;

/// <summary>What a trained model looks at and what it has learnt.</summary>
public sealed class InterpretPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, AttentionOptions>("interpret attention", (options, context) => new AttentionTool(options, context),
            "Shows which bases a model attends to: maps of sequences, landscapes of classes and plots of heads.");
    }
}
