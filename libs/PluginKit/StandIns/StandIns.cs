namespace PluginHost.PluginKit;

/// <summary>
/// The parts of a model that a test needs beside the one it tries, as small as they can be: the tokenizer <c>bases</c>, the architecture
/// <c>mixing</c>, the objective <c>two-classes</c> and the head <c>mean-of-tokens</c>.
/// </summary>
/// <example><code>
/// var bench = new Workbench(new MyPlugin(), new StandIns());
/// bench.UseTokenizer("bases");
/// bench.UseBackbone("mixing");
/// ObjectiveChecks.Run(new ModelUnderTest(bench, bench.Build&lt;IObjective&gt;("mine")), SampleDna.RichAndPoor(8, 10, 30));
/// </code></example>
public sealed class StandIns : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, NoOptions>("bases", (_, _) => new SmallTokenizer(), "A token for each base.");
        catalog.Add<Backbone, NoOptions>("mixing", (_, context) => new SmallBackbone(context.Tokenizer.Vocabulary.Count),
            "Each token's embedding with the mean of those before it.");
        catalog.Add<Head, StandInOptions>("mean-of-tokens", (options, context) => new MeanOfTokens(options.Classes, context),
            "A linear layer over the mean of tokens.");
        catalog.Add<IObjective, NoOptions>("two-classes", (_, _) => new TwoClasses(), "The labels 0 and 1, by cross-entropy.");
    }
}
