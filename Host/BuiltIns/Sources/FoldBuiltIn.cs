namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Offers <see cref="FoldSource"/> as <c>fold</c>.</summary>
public sealed class FoldBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IDataSource, FoldOptions>(
        "fold",
        (options, context) => new FoldSource(options, context.Build<IDataSource>(options.Data!)),
        "One fold of a stratified cross-validation over another source: equal sequences and reverse complements stay together. 'folds:' at the top of a pipeline runs them all.");
}
