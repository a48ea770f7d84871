using PluginHost.Torch;
using Torch.Tests.Golden;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Both AdamW against torch.optim.AdamW over steps, and the fused one's own promises.</summary>
public sealed class OptimizerTests
{
    private static readonly AdamWRuns Golden = GoldenFile.Read<AdamWRuns>("adamw.json");

    public static TheoryData<int> Runs => [.. Enumerable.Range(0, Golden.Runs.Length)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void AdamW_follows_Python(int index)
    {
        var run = Golden.Runs[index];
        var parameters = Start(run);
        using var optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup([parameters[0]], lr: 1e-2, beta1: 0.9, beta2: 0.95, weight_decay: run.Weight_decay,
                    amsgrad: run.Amsgrad),
                new AdamW.ParamGroup([parameters[1]], lr: 3e-3, beta1: 0.9, beta2: 0.95, weight_decay: 0, amsgrad: run.Amsgrad),
            ]);
        Follow(run, parameters, optimizer.zero_grad, () =>
        {
            var norm = run.Clip > 0 ? nn.utils.clip_grad_norm_(parameters, run.Clip) : 0;
            _ = optimizer.step();
            return norm;
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void FusedAdamW_follows_Python(int index)
    {
        var run = Golden.Runs[index];
        var parameters = Start(run);
        using var optimizer = Fused(parameters, run.Weight_decay);
        Follow(run, parameters, optimizer.zero_grad, () =>
        {
            using var norm = optimizer.Step(run.Clip > 0 ? run.Clip : double.PositiveInfinity);
            return run.Clip > 0 ? norm.item<float>() : 0;
        });
        var state = optimizer.State();
        Close.To(run.Steps[^1].Exp_avg[0].ToTensor(), state["0.exp_avg"], what: "exp_avg");
        Close.To(run.Steps[^1].Exp_avg_sq[1].ToTensor(), state["1.exp_avg_sq"], what: "exp_avg_sq");
        Assert.Equal(20L, state["1.step"].item<long>());
    }

    [Fact]
    public void Fused_state_restores_bit_for_bit()
    {
        var a = Start(Golden.Runs[0]);
        using var first = Fused(a, 0.1);
        Train(a, first, 7);
        var saved = first.State().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var b = a.Select(p => new Parameter(p.detach().clone())).ToArray();
        using var second = Fused(b, 0.1);
        second.LoadState(saved);
        Train(a, first, 5);
        Train(b, second, 5);
        for (var i = 0; i < a.Length; i++) Assert.True(a[i].Equals(b[i]));
    }

    [Fact]
    public void Fused_steps_do_not_depend_on_the_thread_count()
    {
        var before = Threads.Count;
        try
        {
            var one = Run(1);
            Assert.True(Run(4).Equals(one));
        }
        finally
        {
            Threads.Count = before;
        }

        static Tensor Run(int threads)
        {
            Threads.Count = threads;
            manual_seed(5);
            var parameter = new Parameter(randn(300, 400));
            using var optimizer = new FusedAdamW([("w", parameter)], lr: 1e-2);
            for (var i = 0; i < 3; i++)
            {
                optimizer.zero_grad();
                (parameter * randn(300, 400)).sum().backward();
                _ = optimizer.Step(0.5);
            }

            return parameter.detach();
        }
    }

    [Fact]
    public void A_step_whose_gradients_are_not_finite_is_skipped()
    {
        var parameter = new Parameter(ones(4));
        using var optimizer = new FusedAdamW([("w", parameter)]);
        parameter.grad = full(4, float.NaN);
        Assert.True(float.IsNaN(optimizer.Step(1).item<float>()));
        Assert.True(parameter.detach().Equals(ones(4)));
        parameter.grad = ones(4);
        Assert.Equal(2f, optimizer.Step(1).item<float>());
        Assert.False(parameter.detach().Equals(ones(4)));
    }

    [Fact]
    public void Scaling_gradients_equals_scaling_the_loss()
    {
        var (a, b) = (Start(Golden.Runs[0]), Start(Golden.Runs[0]));
        using var scaled = Fused(a, 0);
        using var plain = Fused(b, 0);
        Loss(a, 3, 8).backward();
        Loss(b, 3, 1).backward();
        using var n1 = scaled.Step(0.7, 1 / 8.0);
        using var n2 = plain.Step(0.7);
        Assert.Equal(n2.item<float>(), n1.item<float>(), 4);
        Close.To(b[0].detach(), a[0].detach());
    }

    [Fact]
    public void Strange_or_misshapen_state_is_refused()
    {
        var parameter = new Parameter(ones(4));
        using var optimizer = new FusedAdamW([("w", parameter)]);
        var stranger = Assert.Throws<ArgumentException>(() =>
            optimizer.LoadState(new Dictionary<string, Tensor> { ["v.exp_avg"] = ones(4) }));
        Assert.Contains("v.exp_avg", stranger.Message);
        var shape = Assert.Throws<ArgumentException>(() => optimizer.LoadState(new Dictionary<string, Tensor>
        {
            ["w.exp_avg"] = ones(5), ["w.exp_avg_sq"] = ones(5), ["w.step"] = tensor(1L),
        }));
        Assert.Contains("[5]", shape.Message);
        Assert.Throws<ArgumentException>(() => new FusedAdamW([("w", parameter), ("w", parameter)]));
    }

    [Fact]
    public void LambdaLR_sets_each_groups_rate()
    {
        var parameters = Start(Golden.Runs[0]);
        using var optimizer = Fused(parameters, 0.1);
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min(1, (epoch + 1) / 4.0));
        var rates = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            rates.Add(optimizer.ParamGroups.First().LearningRate);
            schedule.step();
        }

        Assert.Equal([0.0025, 0.005, 0.0075, 0.01, 0.01], rates.Select(r => Math.Round(r, 9)));
        Assert.Equal(3e-3, schedule.get_last_lr().Last(), 9);
        schedule.step(0);
        Assert.Equal(0.0025, optimizer.ParamGroups.First().LearningRate, 9);
    }

    [Fact]
    public void Parameters_without_gradients_stay()
    {
        var parameters = Start(Golden.Runs[0]);
        var before = parameters[1].detach().clone();
        using var optimizer = Fused(parameters, 0.1);
        parameters[0].sum().backward();
        _ = optimizer.Step(1);
        Assert.True(parameters[1].detach().Equals(before));
        Assert.DoesNotContain("1.exp_avg", optimizer.State().Keys);
    }

    private static FusedAdamW Fused(Parameter[] parameters, double weightDecay) => new(
        [
            new FusedAdamW.Group([("0", parameters[0])]) { LearningRate = 1e-2, WeightDecay = weightDecay },
            new FusedAdamW.Group([("1", parameters[1])]) { LearningRate = 3e-3 },
        ],
        0.9, 0.95);

    private static Parameter[] Start(AdamWRun run) => [.. run.Start.Select(w => new Parameter(w.ToTensor()))];

    private static Tensor Loss(Parameter[] parameters, int step, double scale) =>
        parameters.Select(p => ((p * (1 + (0.1 * step))) - 0.3).pow(2).sum() + p.sin().sum()).Aggregate((a, b) => a + b) * scale;

    private static void Train(Parameter[] parameters, FusedAdamW optimizer, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            Loss(parameters, i, 1).backward();
            _ = optimizer.Step(1.5);
        }
    }

    private static void Follow(AdamWRun run, Parameter[] parameters, Action clear, Func<double> step)
    {
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            clear();
            Loss(parameters, i, 1).backward();
            var norm = step();
            if (run.Steps.FirstOrDefault(s => s.Step == i + 1) is not { } recorded) continue;
            Assert.Equal(recorded.Norm, norm, 3);
            for (var p = 0; p < parameters.Length; p++)
                Close.To(recorded.Params[p].ToTensor(), parameters[p].detach(), 1e-5, 1e-6, $"parameter {p} after step {i + 1}");
        }
    }
}
