using FsCheck;
using FsCheck.Fluent;

namespace PluginHost.Plugins.Tests.Metrics;

public sealed class MetricPropertyTests
{
    private static readonly string[] byClass =
        ["accuracy", "mcc", "precision macro", "recall macro", "f1 macro", "f1 weighted", "f1 micro"];
    private static readonly string[] byProbability = ["auroc", "auprc", "brier"];

    private static readonly Arbitrary<(int Classes, int Seed, int Items)> problems = (
        from classes in Gen.Choose(2, 6)
        from seed in Gen.Choose(0, 100_000)
        from items in Gen.Choose(8, 120)
        select (classes, seed, items)).ToArbitrary();

    private static Scored Make((int Classes, int Seed, int Items) problem)
    {
        var random = new SeededRandom((ulong)problem.Seed);
        var labels = new int[problem.Items];
        var predicted = new int[problem.Items];
        var probabilities = new float[problem.Items, problem.Classes];
        for (var i = 0; i < problem.Items; i++)
        {
            labels[i] = i < problem.Classes ? i : (int)random.Next(problem.Classes);
            predicted[i] = (int)random.Next(problem.Classes);
            // Few different values, so that there are ties.
            var weights = Enumerable.Range(0, problem.Classes).Select(_ => 1 + random.Next(5)).ToArray();
            for (var c = 0; c < problem.Classes; c++) probabilities[i, c] = (float)weights[c] / weights.Sum();
        }
        return new() { Labels = labels, Predicted = predicted, Probabilities = probabilities };
    }

    private static Scored Pick(Scored scored, IReadOnlyList<int> rows)
    {
        var classes = scored.Probabilities!.GetLength(1);
        var probabilities = new float[rows.Count, classes];
        for (var i = 0; i < rows.Count; i++)
            for (var c = 0; c < classes; c++) probabilities[i, c] = scored.Probabilities[rows[i], c];
        return new()
        {
            Labels = [.. rows.Select(r => scored.Labels![r])], Predicted = [.. rows.Select(r => scored.Predicted![r])],
            Probabilities = probabilities
        };
    }

    private static double Value(string metric, params Scored[] batches)
    {
        var m = GoldenMetricTests.Make(metric);
        foreach (var batch in batches) m.Add(batch);
        return m.Value;
    }

    private static void Hold(Action<(int Classes, int Seed, int Items)> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(problems, property));

    [Fact]
    public void Order_and_batching_do_not_matter() => Hold(problem =>
    {
        var scored = Make(problem);
        var order = Enumerable.Range(0, problem.Items).ToArray();
        new SeededRandom((ulong)problem.Seed, 1).Shuffle(order.AsSpan());
        var cut = problem.Seed % problem.Items;
        foreach (var metric in byClass.Concat(byProbability))
            Assert.Equal(Value(metric, scored), Value(metric, Pick(scored, order[..cut]), Pick(scored, order[cut..])), 1e-12);
    });

    [Fact]
    public void Renaming_classes_does_not_matter_to_averages() => Hold(problem =>
    {
        var scored = Make(problem);
        var names = Enumerable.Range(0, problem.Classes).ToArray();
        new SeededRandom((ulong)problem.Seed, 2).Shuffle(names.AsSpan());
        var probabilities = new float[problem.Items, problem.Classes];
        for (var i = 0; i < problem.Items; i++)
            for (var c = 0; c < problem.Classes; c++) probabilities[i, names[c]] = scored.Probabilities![i, c];
        var renamed = new Scored
        {
            Labels = [.. scored.Labels!.Select(l => names[l])],
            Predicted = [.. scored.Predicted!.Select(p => names[p])],
            Probabilities = probabilities,
        };
        foreach (var metric in byClass) Assert.Equal(Value(metric, scored), Value(metric, renamed), 1e-12);
        if (problem.Classes == 2) return;
        foreach (var metric in byProbability) Assert.Equal(Value(metric, scored), Value(metric, renamed), 1e-12);
    });

    [Fact]
    public void Rankings_depend_on_order_alone_and_turn_round() => Hold(problem =>
    {
        var scored = Make((2, problem.Seed, problem.Items));
        var scores = Enumerable.Range(0, problem.Items).Select(i => scored.Probabilities![i, 1]).ToArray();
        Scored With(Func<float, float> map, bool swap = false)
        {
            var probabilities = new float[problem.Items, 2];
            for (var i = 0; i < problem.Items; i++) probabilities[i, 1] = map(scores[i]);
            return new() { Labels = [.. scored.Labels!.Select(l => swap ? 1 - l : l)], Probabilities = probabilities };
        }
        foreach (var metric in new[] { "auroc", "auprc" })
            Assert.Equal(Value(metric, scored), Value(metric, With(s => MathF.Exp(3 * s) - 7)), 1e-12);
        Assert.Equal(1 - Value("auroc", scored), Value("auroc", With(s => -s)), 1e-12);
        Assert.Equal(Value("auroc", scored), Value("auroc", With(s => -s, swap: true)), 1e-12);
        var pairs = from i in Enumerable.Range(0, problem.Items)
                    from j in Enumerable.Range(0, problem.Items)
                    where scored.Labels![i] == 1 && scored.Labels[j] == 0
                    select scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
        Assert.Equal(pairs.Average(), Value("auroc", scored), 1e-12);
    });

    [Fact]
    public void Figures_stay_in_their_ranges_and_perfection_is_one() => Hold(problem =>
    {
        var scored = Make(problem);
        Assert.InRange(Value("mcc", scored), -1, 1);
        foreach (var metric in byClass.Concat(byProbability).Where(m => m is not ("mcc" or "brier")))
            Assert.InRange(Value(metric, scored), 0, 1);
        var perfect = scored with { Predicted = scored.Labels };
        foreach (var metric in byClass) Assert.Equal(1, Value(metric, perfect), 1e-12);
    });
}
