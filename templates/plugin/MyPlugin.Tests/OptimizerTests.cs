using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MyPlugin.Tests;

public sealed class OptimizerTests
{
    private readonly Workbench bench = new(new Entry());

    [Fact]
    public void Every_step_has_the_size_of_the_rate()
    {
        using var weight = new Parameter(zeros(3));
        using var optimizer = Optimizer(weight);
        Step(optimizer, weight);
        Assert.Equal([-0.5f, 0.5f, 0f], weight.data<float>().ToArray());
    }

    [Fact]
    public void It_goes_on_from_what_it_saved()
    {
        using var whole = new Parameter(zeros(3));
        using var first = Optimizer(whole);
        Step(first, whole);
        using var resumed = new Parameter(whole.detach().clone());
        using var second = Optimizer(resumed);
        second.Load(first.State().ToDictionary(s => s.Name, s => s.Tensor));
        Step(first, whole);
        Step(second, resumed);
        Assert.Equal(whole.data<float>().ToArray(), resumed.data<float>().ToArray());
    }

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<IOptimizerFactory>("my-plugin"));

    private IOptimizer Optimizer(Parameter weight) =>
        bench.Build<IOptimizerFactory>("my-plugin").Create(new() { Weights = [new("weight", weight)] });

    /// <summary>With the gradient 2, -1, 0.</summary>
    private static void Step(IOptimizer optimizer, Parameter weight)
    {
        using var scope = NewDisposeScope();
        (weight * tensor([2f, -1f, 0f])).sum().backward();
        using (no_grad()) optimizer.Step(new(0.5));
        weight.grad?.zero_();
    }
}
