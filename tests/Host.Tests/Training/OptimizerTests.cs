using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Tuning;

namespace PluginHost.Host.Tests.Training;

using static TorchSharp.torch;

/// <summary>The loop with optimizers that come from plugins.</summary>
[Collection("libtorch")]
public sealed class OptimizerTests : IDisposable
{
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    /// <summary>Plain gradient descent that fails at a step.</summary>
    private sealed class Descent(int failsAt = int.MaxValue) : IOptimizerFactory, IOptimizer
    {
        private IReadOnlyList<TrainedWeight> weights = [];
        private int steps;

        public List<double> Norms { get; } = [];

        public IOptimizer Create(OptimizerContext context)
        {
            weights = context.Weights;
            return this;
        }

        public void Step(OptimizerStep step)
        {
            if (++steps == failsAt) throw new InvalidOperationException("it slipped");
            var gradients = weights.Where(w => w.Parameter.grad is not null).ToList();
            Norms.Add(Math.Sqrt(gradients.Sum(w => w.Parameter.grad!.square().sum().item<float>())));
            foreach (var weight in gradients) weight.Parameter.sub_(weight.Parameter.grad! * step.LearningRate * weight.RateFactor);
        }

        public IEnumerable<(string Name, Tensor Tensor)> State() => [("count", tensor(steps))];

        public void Load(IReadOnlyDictionary<string, Tensor> state) => steps = state["count"].item<int>();

        public void Dispose() { }
    }

    private static TrainBench.MoreSettings With(IOptimizerFactory optimizer) => new() { Optimizer = optimizer };

    private static TrainOptions Options(Action<TrainOptions>? change = null) => TrainBench.Options(change);

    [Fact]
    public void Any_optimizer_learns_and_sees_clipped_gradients()
    {
        var descent = new Descent();
        var attempt = bench.Train("own", Options(o => (o.Steps, o.EvaluateEvery, o.LearningRate, o.ClipNorm) = (200, 50, 1, 0.5)),
            dropout: false, With(descent));

        Assert.True(attempt.State.BestScore > 0.8, $"accuracy {attempt.State.BestScore}");
        Assert.Equal(200, descent.Norms.Count);
        Assert.All(descent.Norms, norm => Assert.InRange(norm, 0, 0.5 + 1e-5));
    }

    [Fact]
    public void What_an_optimizer_throws_ends_the_stage_and_the_checkpoint_before_serves_to_go_on()
    {
        Assert.Equal("it slipped",
            Assert.Throws<InvalidOperationException>(() => bench.Train("slips", Options(), more: With(new Descent(failsAt: 8)))).Message);
        Assert.Equal([5, 6], new CheckpointStore(Path.Combine(bench.Root, "slips", "checkpoints", "s"), 2).Steps());

        var (resumed, whole) = (bench.Train("slips", Options(), more: With(new Descent())),
            bench.Train("whole", Options(), more: With(new Descent())));
        Assert.Equal((whole.Weights, whole.Metrics), (resumed.Weights, resumed.Metrics));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void Muon_cancelled_and_resumed_equals_the_uninterrupted_run(int step)
    {
        TrainBench.MoreSettings Muon() => new(Model: () => TinyParts.Model(dropout: true, layers: 2))
        {
            Optimizer = Shipped.Build<IOptimizerFactory>("muon"), Schedule = Shipped.Build<ISchedule>("wsd"),
        };
        var whole = bench.Train("whole", Options(), more: Muon());
        using var cancel = new CancellationTokenSource();
        var view = new SilentView { OnStep = report => { if (report.Step == step) cancel.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() =>
            bench.Train("cut", Options(), more: Muon(), cancellation: cancel.Token, view: view));
        var resumed = bench.Train("cut", Options(), more: Muon());

        Assert.Equal((whole.Weights, whole.Metrics), (resumed.Weights, resumed.Metrics));
    }

    [Fact]
    public void Muon_learns_at_the_learning_rate_of_the_default()
    {
        static void Long(TrainOptions o) => (o.Steps, o.EvaluateEvery, o.CheckpointEvery, o.LearningRate) = (150, 50, 0, 3e-2);
        var attempt = bench.Train("muon", Options(Long), dropout: false, With(Shipped.Build<IOptimizerFactory>("muon")));

        Assert.True(attempt.State.BestScore > 0.85, $"accuracy {attempt.State.BestScore}");
    }

    [Fact]
    public void Matrices_of_layers_are_told_from_embeddings_heads_and_biases()
    {
        var plan = Host.Training.Tuning.TuningPlan.Of(TinyParts.Model(layers: 2), new TrainOptions());

        Assert.Equal(["backbone.layer.0.weight", "backbone.layer.1.weight"], plan.Trained.Where(w => w.IsLayerMatrix).Select(w => w.Name));
        Assert.Equal(4, plan.Trained.Count(w => w.IsDecayed));
    }
}
