namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Offers <see cref="FastaSource"/> as <c>fasta</c>.</summary>
public sealed class FastaBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IDataSource, FastaOptions>(
        "fasta",
        (options, context) => new FastaSource(options, context.ResolvePath),
        "Windows or whole records of FASTA files: plain, gzip or bgzip, read in place.");
}
