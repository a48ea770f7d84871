using PluginHost;
using PluginHost.Plugins.Fasta;

[assembly: Plugin(typeof(FastaPlugin))]

namespace PluginHost.Plugins.Fasta;

/// <summary>FASTA files as data.</summary>
public sealed class FastaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IDataSource, FastaOptions>("fasta",
            (options, context) => new FastaSource(options, context.ResolvePath, context.Written),
            "Windows or whole records of FASTA files: plain, gzip or bgzip, read in place.");
        catalog.Add<IInputFormat, NoOptions>("fasta", (_, _) => new FastaFormat(), "FASTA: whole records, for whichever split is asked.");
    }
}
