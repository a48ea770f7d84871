namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Offers <see cref="TableSource"/> as <c>table</c>.</summary>
public sealed class TableBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IDataSource, TableOptions>(
        "table",
        (options, context) => new TableSource(options, context.ResolvePath),
        "Rows of CSV or TSV tables with a sequence and a label; train, dev and test files, a GUE folder, or one file.");
}
