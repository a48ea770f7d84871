namespace PluginHost.PluginKit;

/// <summary>Scored batches of every kind that objectives give: classes, tokens, numbers, several labels.</summary>
internal static class SmallScores
{
    private const string Term = "loss";

    /// <summary>Three batches of unequal size of each kind.</summary>
    public static IReadOnlyList<Scored[]> Kinds =>
        [Batches((n, r) => Classes(n, 2, r)), Batches((n, r) => Classes(n, 3, r)), Batches(Tokens), Batches(Numbers), Batches(Labels)];

    private static Scored[] Batches(Func<int, SeededRandom, Scored> make) =>
        [make(5, new SeededRandom(1)), make(2, new SeededRandom(2)), make(7, new SeededRandom(3))];

    private static Scored Classes(int count, int classes, SeededRandom random)
    {
        var labels = Enumerable.Range(0, count).Select(i => i % classes).ToArray();
        var shares = new float[count, classes];
        var predicted = new int[count];
        var sum = 0.0;
        for (var n = 0; n < count; n++)
        {
            var weights = Enumerable.Range(0, classes).Select(_ => 0.05 + random.NextDouble()).ToArray();
            for (var c = 0; c < classes; c++) shares[n, c] = (float)(weights[c] / weights.Sum());
            predicted[n] = Array.IndexOf(weights, weights.Max());
            sum -= Math.Log(shares[n, labels[n]]);
        }
        return new()
        {
            Ids = Ids(count), Labels = labels, Predicted = predicted, Probabilities = shares, Losses = [new(Term, sum, count, 1)],
        };
    }

    private static Scored Tokens(int count, SeededRandom random) => new()
    {
        Labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 4))],
        Predicted = [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 4))],
        Losses = [new(Term, count * random.NextDouble(), count, 1)],
    };

    private static Scored Numbers(int count, SeededRandom random)
    {
        var (outputs, targets) = (Values(count, random.NextNormal), Values(count, random.NextNormal));
        return new() { Ids = Ids(count), Outputs = outputs, Targets = targets, Losses = [new(Term, count, 2L * count, 1)] };
    }

    private static Scored Labels(int count, SeededRandom random)
    {
        var (outputs, targets) = (Values(count, random.NextDouble), Values(count, () => random.Next(2)));
        return new() { Ids = Ids(count), Outputs = outputs, Targets = targets, Losses = [new(Term, count, 2L * count, 1)] };
    }

    private static float[,] Values(int count, Func<double> draw)
    {
        var values = new float[count, 2];
        for (var n = 0; n < count; n++)
            for (var c = 0; c < 2; c++) values[n, c] = (float)draw();
        return values;
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"sample-{i}")];
}
