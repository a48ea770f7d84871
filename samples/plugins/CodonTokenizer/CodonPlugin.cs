using Codons;
using PluginHost;

[assembly: Plugin(typeof(CodonPlugin))]

namespace Codons;

/// <summary>The DLL's table of contents: one line for each component.</summary>
public sealed class CodonPlugin : IPlugin
{
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer,
            CodonOptions>("codon", (options, _) => new CodonTokenizer(options), "Three bases a token, in one reading frame.");
}
