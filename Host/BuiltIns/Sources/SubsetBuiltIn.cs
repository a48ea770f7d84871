namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Offers <see cref="SubsetSource"/> as <c>subset</c>.</summary>
public sealed class SubsetBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IDataSource, SubsetOptions>(
        "subset",
        (options, context) => new SubsetSource(options, context.Build<IDataSource>(options.Data!)),
        "A share of another source's training split, label by label; dev and test are unchanged. 'subsets:' at the top of a pipeline runs several.");
}
