using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

/// <summary>L2-regularised multinomial logistic regression on simple features: what a result must beat to be worth a transformer.</summary>
/// <remarks>
/// The penalty is the one that does best on every fifth training row when fitted to the others. Trained on at most
/// <see cref="TrainingRows.Most"/> rows, drawn by the run's seed, so that it takes seconds. Gives nothing where the features do not apply.
/// </remarks>
internal sealed class LogisticRegressionBaseline(string name, IFeatures features, ClassLabels labels) : IBaseline
{
    private static readonly double[] strengths = [1, 10, 100];

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var train = TrainingRows.Draw(context.Train, context.Seed);
        var evaluate = context.Evaluate.ToArray();
        var size = features.Size([.. train, .. evaluate]);
        if (size == 0 || train.Count == 0) yield break;
        var model = Fit([.. train.Select(s => (features.Of(s), labels.Parse(s)))], size);
        foreach (var chunk in evaluate.Chunk(256))
        {
            var probabilities = new float[chunk.Length, labels.Names.Count];
            for (var n = 0; n < chunk.Length; n++)
            {
                var row = model.Predict(features.Of(chunk[n]));
                for (var c = 0; c < row.Length; c++) probabilities[n, c] = (float)row[c];
            }
            yield return ScoredItems.Classes([.. chunk.Select(s => s.Id)], [.. chunk.Select(labels.Parse)], probabilities, "classify");
        }
    }

    private SoftmaxRegression Fit(((int[] Index, float[] Value) Row, int Label)[] rows, int size)
    {
        var held = rows.Where((_, i) => i % 5 == 4).ToArray();
        var others = rows.Where((_, i) => i % 5 != 4).ToArray();
        var best = held.Length == 0 ? strengths[0] : strengths.MinBy(l2 => With(others, l2).Loss(held));
        return With(rows, best);

        SoftmaxRegression With(((int[] Index, float[] Value) Row, int Label)[] some, double l2) =>
            SoftmaxRegression.Fit([.. some.Select(r => r.Row)], [.. some.Select(r => r.Label)], size, labels.Names.Count, l2);
    }
}
