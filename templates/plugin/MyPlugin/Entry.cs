using PluginHost;

[assembly: Plugin(typeof(MyPlugin.Entry))]

namespace MyPlugin;

/// <summary>The DLL's table of contents: a line for each component, and no other work.</summary>
public sealed class Entry : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
//#if (source)
        catalog.Add<IDataSource, CsvOptions>("my-plugin", (options, context) => new CsvSource(options, context),
            "Sequences of CSV files, one for each split.");
//#endif
//#if (tokenizer)
        catalog.Add<ITokenizer, WordOptions>("my-plugin", (options, _) => new WordTokenizer(options),
            "Words of a few bases, side by side.");
//#endif
//#if (architecture)
        catalog.Add<Backbone, ConvolutionOptions>("my-plugin", (options, context) => new ConvolutionEncoder(options, context),
            "An encoder of convolutions over neighbouring tokens.");
//#endif
//#if (objective)
        catalog.Add<IObjective, GcOptions>("my-plugin", (options, _) => new GcObjective(options),
            "Whether a sequence is rich in G and C: labels that the sequences carry themselves.");
//#endif
//#if (head)
        catalog.Add<Head, MeanHeadOptions>("my-plugin", (options, context) => new MeanHead(options, context),
            "A linear layer over the mean of a sequence's tokens.");
//#endif
//#if (metric)
        catalog.Add<IMetric, BalancedOptions>("my-plugin", (options, _) => new BalancedAccuracy(options),
            "The mean over classes of the share of each that is found.");
//#endif
//#if (optimizer)
        catalog.Add<IOptimizerFactory, LionOptions>("my-plugin", (options, _) => new LionFactory(options),
            "Steps of one size by the sign of a momentum (Chen et al. 2023).");
//#endif
//#if (schedule)
        catalog.Add<ISchedule, RootOptions>("my-plugin", (options, _) => new RootSchedule(options),
            "Warm-up, then decay with the square root of the step (Vaswani et al. 2017).");
//#endif
//#if (observer)
        catalog.Add<IRunObserver, FigureOptions>("my-plugin", (options, _) => new FigureObserver(options),
            "Writes the figures of a run into one table.");
//#endif
//#if (decoder)
        catalog.Add<IDecoder, TypicalOptions>("my-plugin", (options, _) => new TypicalDecoder(options),
            "Draws tokens that are about as surprising as the model expects (Meister et al. 2023).");
//#endif
//#if (tool)
        catalog.Add<ITool, NeighboursOptions>("my-plugin neighbours", (options, _) => new NeighboursTool(options),
            "Finds for each sequence the other that the model takes for most alike.");
//#endif
    }
}
