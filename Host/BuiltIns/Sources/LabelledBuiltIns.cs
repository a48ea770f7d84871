using PluginHost.Host.BuiltIns.Sources.Labelled;

namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Offers the layouts of benchmarks as <c>class-folders</c> and <c>labelled-fasta</c>, and several data sets as one as <c>union</c>.</summary>
public sealed class LabelledBuiltIns : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IDataSource, ClassFoldersOptions>(
            "class-folders",
            (options, context) => new ClassFoldersSource(options, context.ResolvePath),
            "Sequences whose label is the folder or the table they are in: train/CLASS/*.txt, train/CLASS.csv of sequences or of places on a genome.");
        catalog.Add<IDataSource, LabelledFastaOptions>(
            "labelled-fasta",
            (options, context) => new LabelledFastaSource(options, context.ResolvePath),
            "FASTA records whose header ends in the label: >NAME|LABEL; train, dev and test files.");
        catalog.Add<IDataSource, UnionOptions>(
            "union",
            (options, context) => new UnionSource([.. options.Sources.Select(context.Build<IDataSource>)]),
            "Several data sets as one, split by split.");
    }
}
