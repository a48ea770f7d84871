using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>The trivial predictors of classes that fit what the objective reads.</summary>
internal static class ClassBaselines
{
    public static IReadOnlyList<IBaseline> For(ClassifyOptions options, ClassLabels labels)
    {
        var kmers = new KMerCounts(options.BaselineK, options.Pair);
        List<IBaseline> baselines =
        [
            new MajorityBaseline(labels),
            new LogisticRegressionBaseline($"{options.BaselineK}-mer logistic regression", kmers, labels),
        ];
        if (options.Pair is null)
            baselines.Add(
                new LogisticRegressionBaseline("positional dinucleotide logistic regression", new PositionalDinucleotides(), labels));
        if (WithNumbers.Of(options) is not { } numbers) return baselines;
        baselines.Add(new LogisticRegressionBaseline("features logistic regression", new WithNumbers(numbers), labels));
        baselines.Add(new LogisticRegressionBaseline($"features and {options.BaselineK}-mer logistic regression",
            new WithNumbers(numbers, kmers), labels));
        return baselines;
    }
}
