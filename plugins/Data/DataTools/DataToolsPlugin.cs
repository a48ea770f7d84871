using PluginHost;
using PluginHost.Plugins.DataTools;
using PluginHost.Plugins.DataTools.Checking;
using PluginHost.Plugins.DataTools.Haplotypes;
using PluginHost.Plugins.DataTools.Negatives;
using PluginHost.Plugins.DataTools.Noise;
using PluginHost.Plugins.DataTools.Pairs;
using PluginHost.Plugins.DataTools.Splitting;
using PluginHost.Plugins.DataTools.Windows;

[assembly: Plugin(typeof(DataToolsPlugin))]

namespace PluginHost.Plugins.DataTools;

/// <summary>Tools that make, divide and examine data sets.</summary>
public sealed class DataToolsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, SplitOptions>("data split", (options, context) => new SplitTool(options, context),
            "Divides a data set into train, dev and test, or into folds, without dividing what belongs together.");
        catalog.Add<ITool, CheckOptions>("data check", (options, context) => new CheckTool(options, context),
            "Looks for duplicates, leakage between splits, unbalanced labels, and what gives labels away.");
        catalog.Add<ITool, WindowOptions>("data windows", (options, context) => new WindowsTool(options, context),
            "Cuts labelled windows out of a genome: around features of BED or GFF, or tiles.");
        catalog.Add<ITool, NegativeOptions>("data negatives", (options, context) => new NegativesTool(options, context),
            "Makes negatives for positives: shuffled, matched from the genome, motifs that are no sites, or a model's false "
            + "positives.");
        catalog.Add<ITool, HaplotypeOptions>("data haplotypes", (options, context) => new HaplotypeTool(options, context),
            "Writes the two sequences of each sample of a phased VCF: the reference with the sample's alleles in place.");
        catalog.Add<ITool, HaptOptions>("data hapt", (options, context) => new HaptTool(options, context),
            "Writes the haplotypes of a phased VCF as rows of 0 and 1, a line each: SNPs of two alleles, the rest counted.");
        catalog.Add<ITool, NoiseOptions>("data noise", (options, context) => new NoiseTool(options, context),
            "Draws segments and puts sequencing errors into half of them: "
            + "substitutions, insertions, deletions with negative binomial counts.");
        catalog.Add<ITool, PairsOptions>("data pairs", (options, context) => new PairsTool(options, context),
            "Makes pairs of parent and child out of a table or along the branches of a tree, its ancestors by parsimony, and divides them "
            + "by clade and likeness.");
    }
}
