using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Tuning;
using PluginHost.Libs.Genomics.Leakage;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Training;

[Collection("libtorch")]
public sealed class TuningTests : IDisposable
{
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    private static TrainBench.MoreSettings Deep(int idle = 0) =>
        new(Model: () => TinyParts.Model(dropout: true, layers: 3, idleLayers: idle));

    private static TrainOptions With(Tune tune, Action<TrainOptions>? change = null) => TrainBench.Options(o =>
    {
        o.Tune = tune;
        o.KeepBest = false;
        if (tune == Tune.Lora) o.Lora = new LoraOptions { Targets = ["layer.*"], Rank = 2, Alpha = 8, Dropout = 0.2 };
        change?.Invoke(o);
    });

    private static Dictionary<string, float[]> Values(TaskModel model) =>
        model.State().ToDictionary(s => s.Name, s => s.Tensor.detach().cpu().data<float>().ToArray());

    private static Dictionary<string, float[]> Start(int idle = 0)
    {
        manual_seed(5); // as the bench does
        return Values(TinyParts.Model(dropout: true, layers: 3, idleLayers: idle));
    }

    private static IEnumerable<string> Changed(Dictionary<string, float[]> before, Dictionary<string, float[]> after) =>
        before.Keys.Where(name => !before[name].AsSpan().SequenceEqual(after[name])).Order(StringComparer.Ordinal);

    private static readonly string[] Heads = ["classifier.output.bias", "classifier.output.weight"];

    [Fact]
    public void Head_only_leaves_every_bit_of_the_backbone()
    {
        var attempt = bench.Train("head", With(Tune.Head), more: Deep());

        Assert.Equal(Heads, Changed(Start(), Values(attempt.Model)));
        Assert.Equal(18, attempt.State.TrainedWeights);
        Assert.All(attempt.Model.Parameters(), p => Assert.True(p.Parameter.requires_grad));
    }

    [Theory]
    [InlineData(1, new string[] { })]
    [InlineData(5, new[] { "backbone.layer.2" })]
    [InlineData(9, new[] { "backbone.layer.1", "backbone.layer.2" })]
    [InlineData(20, new[] { "backbone.layer.0", "backbone.layer.1", "backbone.layer.2", "backbone.letters" })]
    public void Gradual_unfreezing_goes_from_the_top_down_and_leaves_the_rest_bit_for_bit(int steps, string[] thawed)
    {
        // Twenty steps, five groups: heads, three layers, embeddings; four steps each.
        using var cancel = new CancellationTokenSource();
        var view = new SilentView { OnStep = report => { if (report.Step == steps) cancel.Cancel(); } };
        var options = With(Tune.Gradual);
        TaskModel? model = null;
        var more = Deep() with { Model = () => model = TinyParts.Model(dropout: true, layers: 3) };
        if (steps < 20) Assert.Throws<OperationCanceledException>(() =>
            bench.Train("gradual", options, more: more, cancellation: cancel.Token, view: view));
        else bench.Train("gradual", options, more: more, view: view);

        var changed = Changed(Start(), Values(model!)).ToList();
        Assert.Equal([.. thawed], changed.Except(Heads).Select(n => n[..n.LastIndexOf('.')]).Distinct().Order(StringComparer.Ordinal));
        Assert.Superset(Heads.ToHashSet(), changed.ToHashSet());
    }

    [Fact]
    public void Gradual_unfreezing_may_go_by_epochs_and_by_several_layers()
    {
        var plan = TuningPlan.Of(TinyParts.Model(layers: 5),
            new TrainOptions { Tune = Tune.Gradual, UnfreezeEvery = 0.5, UnfreezeLayers = 2 });

        // Heads are level 6, layers 5 to 1, embeddings 0.
        Assert.Equal([6, 6, 4, 2, 0, 0], new[] { 0, 0.49, 0.5, 1.2, 1.5, 9 }.Select(epoch => plan.LowestLevel(0, 100, epoch)));
    }

    [Fact]
    public void Layers_that_training_does_not_reach_are_not_counted()
    {
        var view = new SilentView();
        bench.Train("idle", With(Tune.Gradual), more: Deep(idle: 2), view: view);

        Assert.Equal([1, 5, 9, 13, 17],
            view.Said.Where(s => s.Contains("trained from")).Select(s => int.Parse(s.Split("step ")[1].Split(' ')[0])));
        Assert.Contains(view.Said, s => s.Contains("the heads and the top layer (90 of 282 weights)"));
    }

    [Fact]
    public void Layer_decay_lowers_the_rate_from_layer_to_layer()
    {
        var plan = TuningPlan.Of(TinyParts.Model(layers: 3), new TrainOptions { LayerDecay = 0.5 });
        var factors = plan.Trained.ToDictionary(t => t.Name, t => t.RateFactor);

        Assert.Equal((1, 0.5, 0.25, 0.125, 0.0625),
            (factors["classifier.output.weight"], factors["backbone.layer.2.bias"], factors["backbone.layer.1.weight"],
            factors["backbone.layer.0.weight"], factors["backbone.letters.weight"]));
    }

    [Fact]
    public void Heads_have_a_rate_of_their_own_beside_the_decay()
    {
        var plan = TuningPlan.Of(TinyParts.Model(layers: 2), new TrainOptions { LayerDecay = 0.5, HeadRate = 20 });
        var factors = plan.Trained.ToDictionary(t => t.Name, t => t.RateFactor);

        Assert.Equal((20, 0.5, 0.125), (factors["classifier.output.weight"], factors["backbone.layer.1.bias"],
            factors["backbone.letters.weight"]));
    }

    [Fact]
    public void Layer_decay_reaches_the_optimizer()
    {
        // Adam's first step is the rate for every weight with a gradient, whatever its size.
        var attempt = bench.Train("decay",
            With(Tune.Full, o =>
            { o.Steps = 1; o.LayerDecay = 0.1; o.WeightDecay = 0; o.ClipNorm = 0; o.Warmup = 0; o.LearningRate = 1e-2; }), dropout: false,
            more: new(Model: () => TinyParts.Model(layers: 3)));
        var (before, after) = (Start(), Values(attempt.Model));
        double Largest(string name) => before[name].Zip(after[name]).Max(p => Math.Abs(p.First - p.Second));

        Assert.Equal(1e-2, Largest("classifier.output.weight"), 5);
        Assert.Equal(1e-3, Largest("backbone.layer.2.weight"), 6);
        Assert.Equal(1e-5, Largest("backbone.layer.0.weight"), 7);
    }

    [Fact]
    public void Lora_trains_heads_and_adapters_and_leaves_every_bit_of_the_base()
    {
        var attempt = bench.Train("lora", With(Tune.Lora), more: Deep());
        var (before, after) = (Start(), Values(attempt.Model));

        Assert.Equal(Heads, Changed(before, after));
        Assert.Equal(6, after.Keys.Except(before.Keys).Count());
        Assert.Contains("backbone.layer.1.lora_A.weight", after.Keys);
        Assert.Contains(after["backbone.layer.2.lora_B.weight"], v => v != 0);
        Assert.Equal(18 + 3 * 2 * 16, attempt.State.TrainedWeights);
    }

    [Fact]
    public void Merged_adapters_predict_as_unmerged_ones_and_leave_no_trace()
    {
        var model = bench.Train("merge", With(Tune.Lora, o => o.Steps = 60), more: Deep()).Model;
        model.Train(false);
        using var noGradients = no_grad();
        var samples = Enumerable.Range(0, 8).Select(i => new FakeSource([.. Enumerable.Repeat(20 + i, 8)]).Get(i, new SeededRandom(0)))
            .ToList();
        using var batch = new TinyParts.MoreAThanT()
            .Collate(samples, new CollateContext(new TinyParts.Letters(), 40, CollateMode.Predict, new SeededRandom(0)));
        var unmerged = model.Forward(batch).Predictions["class"];
        var names = model.StateWithoutAdapters().Select(s => s.Name).ToList();
        model.Adapters!.Merge();
        var merged = model.Forward(batch).Predictions["class"];

        Assert.True((merged - unmerged).abs().max().item<float>() < 1e-5f);
        Assert.Null(model.Adapters);
        Assert.Equal(names, model.State().Select(s => s.Name));
    }

    [Fact]
    public void Removed_adapters_leave_the_model_as_it_was()
    {
        var model = TinyParts.Model(layers: 3);
        var before = Values(model);
        LoraAdapters.Attach(model, new LoraOptions { Targets = [LoraOptions.AllLinear] }, 1).Remove();

        Assert.Empty(Changed(before, Values(model)));
        Assert.Equal(before.Keys, Values(model).Keys);
    }

    [Theory]
    [InlineData("query", "encoder.layer.0.self.query", true)]
    [InlineData("self.query", "encoder.layer.0.self.query", true)]
    [InlineData("uery", "encoder.layer.0.self.query", false)]
    [InlineData("encoder.layer.0.self.query", "encoder.layer.0.self.query", true)]
    [InlineData("layer.1.*", "encoder.layer.0.self.query", false)]
    [InlineData("layer.0.*", "encoder.layer.0.self.query", true)]
    [InlineData("all-linear", "encoder.layer.0.self.query", true)]
    public void Targets_name_layers_by_their_last_parts(string target, string name, bool matches) =>
        Assert.Equal(matches, LoraTargets.Matches(target, name));

    [Fact]
    public void A_target_that_names_no_layer_says_which_there_are()
    {
        var failure = Assert.Throws<UsageException>(() =>
            LoraAdapters.Attach(TinyParts.Model(layers: 2), new LoraOptions { Targets = ["querry"] }, 1));

        Assert.Contains("no linear layer of the backbone is named 'querry'", failure.Message);
        Assert.Contains("backbone.layer.0", failure.Message);
    }

    [Fact]
    public void Adapters_on_layers_that_are_not_run_are_told_of_and_refused_when_there_are_no_others()
    {
        var view = new SilentView();
        bench.Train("some", With(Tune.Lora), more: Deep(idle: 1), view: view);
        Assert.Contains(view.Warned, w => w.Contains("1 of 4 adapters are on layers that this objective does not run, backbone.layer.3"));

        var failure = Assert.Throws<UsageException>(() =>
            bench.Train("none", With(Tune.Lora, o => o.Lora!.Targets = ["layer.3"]), more: Deep(idle: 1)));
        Assert.Contains("training runs none of the 1 named layers", failure.Message);
    }

    public static TheoryData<string> Ways => ["head", "gradual", "epochs", "lora", "decay", "stopping"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Interrupted_anywhere_and_resumed_it_equals_the_uninterrupted_run_bit_for_bit(string way)
    {
        var options = way switch
        {
            "head" => With(Tune.Head),
            "gradual" => With(Tune.Gradual, o => o.UnfreezeLayers = 2),
            "epochs" => With(Tune.Gradual, o => o.UnfreezeEvery = 0.3),
            "lora" => With(Tune.Lora, o => { o.KeepBest = true; o.Accumulate = 2; }),
            "decay" => With(Tune.Full, o => o.LayerDecay = 0.6),
            _ => With(Tune.Full, o => { o.KeepBest = true; o.Patience = 2; o.EvaluateEvery = 2; o.LearningRate = 5e-2; o.Steps = 60; }),
        };
        var whole = bench.Train("whole", options, more: Deep());
        foreach (var step in new[] { 4, 11 })
        {
            using var cancel = new CancellationTokenSource();
            var view = new SilentView { OnStep = report => { if (report.Step >= step) cancel.Cancel(); } };
            try { bench.Train("cut", options, more: Deep(), cancellation: cancel.Token, view: view); }
            catch (OperationCanceledException) { /* what is tested */ }
        }
        var resumed = bench.Train("cut", options, more: Deep());

        Assert.Equal(whole.Weights, resumed.Weights);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal((whole.State.Step, whole.State.BestStep), (resumed.State.Step, resumed.State.BestStep));
    }
}
