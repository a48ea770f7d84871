namespace PluginHost.Plugins.Classification;

/// <summary>L2-regularised multinomial logistic regression on simple features: what a result must beat to be worth a transformer.</summary>
/// <remarks>Trained on at most <see cref="MostRows"/> rows, drawn by the run's seed, so that it takes seconds. Gives nothing where the features do not apply.</remarks>
internal sealed class LogisticRegressionBaseline(string name, IFeatures features, ClassLabels labels) : IBaseline
{
    public const int MostRows = 20_000;

    public string Name => name;

    public IEnumerable<Scored> Measure(BaselineContext context)
    {
        var train = Rows(context.Train, context.Seed);
        var evaluate = context.Evaluate.ToArray();
        var size = features.Size([.. train, .. evaluate]);
        if (size == 0 || train.Count == 0) yield break;
        var model = SoftmaxRegression.Fit(
            [.. train.Select(s => features.Of(s.Sequence))], [.. train.Select(labels.Parse)], size, labels.Names.Count);
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
