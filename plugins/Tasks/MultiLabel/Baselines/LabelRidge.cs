using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>
/// Ridge regression of all labels at once on simple features, cut to probabilities: in closed form, so that 919 labels take seconds.
/// </summary>
internal sealed class LabelRidge(string name, IFeatures features, LabelSet labels) : IBaseline
{
    private const float Least = 1e-4f;

    public string Name => name;

    public static IEnumerable<IBaseline> For(MultiLabelOptions options, LabelSet labels)
    {
        var kmers = new KMerCounts(options.BaselineK, options.Pair);
        yield return new LabelRidge($"{options.BaselineK}-mer ridge", kmers, labels);
        if (WithNumbers.Of(options) is not { } numbers) yield break;
        yield return new LabelRidge("features ridge", new WithNumbers(numbers), labels);
        yield return new LabelRidge($"features and {options.BaselineK}-mer ridge", new WithNumbers(numbers, kmers), labels);
    }

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var train = TrainingRows.Draw(context.Train, context.Seed);
        var size = features.Size(train);
        if (size == 0 || train.Count == 0) yield break;
        var width = labels.Labels.Count;
        var model = RidgeRegression.Fit([.. train.Select(features.Of)], Table.Of(train.Select(labels.Read), width), size);
        foreach (var chunk in context.Evaluate.Chunk(256))
        {
            var probabilities =
                Table.Of(chunk.Select(s => model.Predict(features.Of(s)).Select(p => Math.Clamp(p, Least, 1 - Least)).ToArray()), width);
            yield return LabelScores.Of([.. chunk.Select(s => s.Id)], probabilities, Table.Of(chunk.Select(labels.Read), width));
        }
    }
}
