using PluginHost;
using PluginHost.Plugins.Tables;
using PluginHost.Plugins.Tables.Haplotypes;
using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Parts;
using PluginHost.Plugins.Tables.Rows;

[assembly: Plugin(typeof(TablesPlugin))]

namespace PluginHost.Plugins.Tables;

/// <summary>Tables and other labelled sequences as data, and data made of other data.</summary>
public sealed class TablesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IDataSource, TableOptions>("table",
            (options, context) => new TableSource(options, context.ResolvePath, context.Written),
            "Rows of CSV or TSV tables with a sequence and a label; train, dev and test files, a GUE folder, or one file.");
        catalog.Add<IDataSource, ClassFoldersOptions>("class-folders",
            (options, context) => new ClassFoldersSource(options, context.ResolvePath, context.Written),
            "Sequences whose label is the folder or the table they are in: "
            + "train/CLASS/*.txt, train/CLASS.csv of sequences or of places on a genome.");
        catalog.Add<IDataSource, LabelledFastaOptions>("labelled-fasta",
            (options, context) => new LabelledFastaSource(options, context.ResolvePath, context.Written),
            "FASTA records whose header ends in the label: >NAME|LABEL; train, dev and test files.");
        catalog.Add<IDataSource, PairedFastaOptions>("paired-fasta",
            (options, context) => new PairedFastaSource(options, context.ResolvePath, context.Written),
            "Records of two FASTA files, paired by name: sources and targets, parents and children.");
        catalog.Add<IDataSource, HaplotypeOptions>("haplotypes", (options, context) => new HaplotypeSource(options, context.ResolvePath),
            "Haplotypes of .hapt files or of phased VCF as sequences over the alphabet 01, a row each; the group is the label.");
        catalog.Add<IDataSource, UnionOptions>("union",
            (options, context) => new UnionSource([.. options.Sources.Select(context.Build<IDataSource>)]),
            "Several data sets as one, split by split.");
        catalog.Add<IDataSource, FoldOptions>("fold",
            (options, context) => new FoldSource(options, context.Build<IDataSource>(options.Data!)),
            "One fold of a stratified cross-validation over another source: "
            + "equal sequences and reverse complements stay together. 'folds:' at the top of a pipeline runs them all.");
        catalog.Add<IDataSource, SubsetOptions>("subset",
            (options, context) => new SubsetSource(options, context.Build<IDataSource>(options.Data!)),
            "A share of another source's training split, label by label; "
            + "dev and test are unchanged. 'subsets:' at the top of a pipeline runs several.");
        catalog.Add<IInputFormat, NoOptions>("labelled-folder", (_, _) => new LabelledFolderFormat(),
            "A folder with train and test as tables, as FASTA with labels, or as folders of classes.");
        catalog.Add<IInputFormat, NoOptions>("haplotypes", (_, _) => new HaplotypeFormat(), "Haplotypes: a file named .hapt or .hapt.gz.");
        catalog.Add<IInputFormat, NoOptions>("table", (_, _) => new TableFormat(),
            "CSV or TSV: one table for whichever split is asked, or a folder of tables.");
    }
}
