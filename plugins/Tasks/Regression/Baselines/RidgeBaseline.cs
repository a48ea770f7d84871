using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Regression;

/// <summary>Ridge regression on simple features: what a result must beat to be worth a transformer.</summary>
internal sealed class RidgeBaseline(string name, IFeatures features, RegressOptions options, TargetReader targets, RegressionScores scores)
    : IBaseline
{
    public string Name => name;

    public static IEnumerable<IBaseline> For(RegressOptions options, TargetReader targets, RegressionScores scores)
    {
        var kmers = new KMerCounts(options.BaselineK, options.Pair);
        yield return new RidgeBaseline($"{options.BaselineK}-mer ridge", kmers, options, targets, scores);
        if (WithNumbers.Of(options) is not { } numbers) yield break;
        yield return new RidgeBaseline("features ridge", new WithNumbers(numbers), options, targets, scores);
        yield return new RidgeBaseline($"features and {options.BaselineK}-mer ridge", new WithNumbers(numbers, kmers), options, targets,
            scores);
    }

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var train = TrainingRows.Draw(context.Train, context.Seed);
        var size = features.Size(train);
        if (size == 0 || train.Count == 0) yield break;
        var width = options.TargetMeans.Length;
        var model = RidgeRegression.Fit([.. train.Select(features.Of)], Table.Of(train.Select(targets.Read), width), size);
        foreach (var chunk in context.Evaluate.Chunk(256))
            yield return scores.Of([.. chunk.Select(s => s.Id)], Table.Of(chunk.Select(s => model.Predict(features.Of(s))), width),
                Table.Of(chunk.Select(targets.Read), width));
    }
}
