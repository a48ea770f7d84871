namespace PluginHost.Plugins.Classification;

/// <summary>L2-regularised multinomial logistic regression on simple features: what a result must beat to be worth a transformer.</summary>
/// <remarks>The penalty is the one that does best on every fifth training row when fitted to the others. Trained on at most <see cref="MostRows"/> rows, drawn by the run's seed, so that it takes seconds. Gives nothing where the features do not apply.</remarks>
internal sealed class LogisticRegressionBaseline(string name, IFeatures features, ClassLabels labels) : IBaseline
{
    public const int MostRows = 20_000;

    private static readonly double[] strengths = [1, 10, 100];

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var train = Rows(context.Train, context.Seed);
        var evaluate = context.Evaluate.ToArray();
        var size = features.Size([.. train, .. evaluate]);
        if (size == 0 || train.Count == 0) yield break;
        var model = Fit([.. train.Select(s => (features.Of(s.Sequence), labels.Parse(s)))], size);
        foreach (var chunk in evaluate.Chunk(256))
        {
            var probabilities = new float[chunk.Length, labels.Names.Count];
            for (var n = 0; n < chunk.Length; n++)
            {
                var row = model.Predict(features.Of(chunk[n].Sequence));
                for (var c = 0; c < row.Length; c++) probabilities[n, c] = (float)row[c];
            }
            yield return Scoring.Score([.. chunk.Select(s => s.Id)], [.. chunk.Select(labels.Parse)], probabilities, "classify");
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

    /// <summary>A uniform sample of the rows (reservoir, Vitter 1985), in reading order.</summary>
    private static List<Sample> Rows(IEnumerable<Sample> samples, ulong seed)
    {
        var random = new SeededRandom(seed, 0xBA5E);
        var kept = new List<(long Order, Sample Sample)>();
        var seen = 0L;
        foreach (var sample in samples)
        {
            if (kept.Count < MostRows) kept.Add((seen, sample));
            else if (random.Next(seen + 1) is var slot && slot < MostRows) kept[(int)slot] = (seen, sample);
            seen++;
        }
        return [.. kept.OrderBy(p => p.Order).Select(p => p.Sample)];
    }
}
