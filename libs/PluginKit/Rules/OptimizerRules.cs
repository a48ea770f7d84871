using TorchSharp.Modules;
using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>What the contract asks of optimizers, rule by rule.</summary>
internal static class OptimizerRules
{
    private const int Steps = 6, Cut = 3;
    private const double Rate = 0.01;

    private static readonly (string Name, long[] Shape, bool Layer)[] shapes =
        [("layer.weight", [4, 3], true), ("layer.bias", [4], false), ("embedding.weight", [5, 4], false)];

    public static IEnumerable<Rule> Of(Subject subject)
    {
        yield return new("steps", () =>
        {
            var (before, after) = (Weights(), Weights());
            using var optimizer = Create(subject, after);
            for (var step = 0; step < Steps; step++) Step(optimizer, after, step);
            foreach (var (old, now) in before.Zip(after))
            {
                Require(now.Parameter.isfinite().all().item<bool>(), $"'{now.Name}' is not finite after {Steps} steps.");
                Require(!now.Parameter.equal(old.Parameter).all().item<bool>(), $"'{now.Name}' has a gradient and does not move.");
            }
        });
        yield return new("without a gradient", () =>
        {
            var (before, after) = (Weights(), Weights());
            using var optimizer = Create(subject, after);
            Step(optimizer, after, 0, except: 1);
            Require(after[1].Parameter.equal(before[1].Parameter).all().item<bool>(), $"'{after[1].Name}' has no gradient and moves.");
        });
        yield return new("names of state", () =>
        {
            var weights = Weights();
            using var optimizer = Create(subject, weights);
            for (var step = 0; step < 2; step++) Step(optimizer, weights, step);
            foreach (var (name, _) in optimizer.State())
                Require(weights.Any(w => name.StartsWith(w.Name + ".", StringComparison.Ordinal)),
                    $"its state '{name}' does not begin with a weight's name and a dot.");
        });
        yield return new("bits after resume", () => Resumed(subject));
    }

    private static void Resumed(Subject subject)
    {
        var (whole, cut) = (Weights(), Weights());
        using (var optimizer = Create(subject, whole))
            for (var step = 0; step < Steps; step++) Step(optimizer, whole, step);
        Dictionary<string, Tensor> saved;
        using (var first = Create(subject, cut))
        {
            for (var step = 0; step < Cut; step++) Step(first, cut, step);
            saved = first.State().ToDictionary(s => s.Name, s => s.Tensor.clone());
        }
        using var second = Create(subject, cut);
        second.Load(saved);
        for (var step = Cut; step < Steps; step++) Step(second, cut, step);
        foreach (var (one, other) in whole.Zip(cut))
            Require(one.Parameter.equal(other.Parameter).all().item<bool>(),
                $"'{one.Name}' differs after {Cut} steps, saving, loading and {Steps - Cut} more from what {Steps} steps in one give.");
    }

    private static IOptimizer Create(Subject subject, TrainedWeight[] weights) =>
        subject.Build<IOptimizerFactory>().Create(new OptimizerContext { Weights = weights });

    private static void Step(IOptimizer optimizer, TrainedWeight[] weights, int step, int? except = null)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        for (var place = 0; place < weights.Length; place++)
            if (place != except)
                weights[place].Parameter.grad = Values(shapes[place].Shape, i => Math.Sin(0.61 * i * i + 1.7 * place + 0.9 * step));
        optimizer.Step(new OptimizerStep(Rate));
    }

    private static TrainedWeight[] Weights() =>
    [
        .. shapes.Select((s, place) => new TrainedWeight(s.Name, new Parameter(Values(s.Shape, i => 0.5 * Math.Cos(0.37 * i + place))))
        {
            IsLayerMatrix = s.Layer,
        }),
    ];

    private static Tensor Values(long[] shape, Func<long, double> value) =>
        tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)value(i)).ToArray()).reshape(shape);
}
