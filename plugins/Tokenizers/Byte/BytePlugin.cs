using PluginHost;
using PluginHost.Plugins.Byte;

[assembly: Plugin(typeof(BytePlugin))]

namespace PluginHost.Plugins.Byte;

/// <summary>The byte tokenizer.</summary>
public sealed class BytePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer, ByteOptions>("byte", (options, _) => new ByteTokenizer(options),
            "One id a base over the byte alphabet, with indexed sentinels (ENBED, Malusare et al. 2024).");
}
