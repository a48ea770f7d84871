using PluginHost.PluginKit;
using PluginHost.Plugins.Muon;
using PluginHost.Plugins.Tests.BertEncoder;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Plugins.Tests.Muon;

/// <summary>Muon against Golden/muon/muon_reference.py, and its own promises.</summary>
[Collection(TorchCollection.Name)]
public sealed class MuonTests : IDisposable
{
    private const double Rate = 0.01;

    private static readonly (string Name, long[] Shape)[] shapes =
        [("wide", [4, 7]), ("tall", [9, 3]), ("square", [5, 5]), ("table", [6, 4]), ("bias", [7])];

    private readonly IDisposable scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    private static Tensor Fill(long[] shape, Func<long, double> value) =>
        tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)value(i)).ToArray()).reshape(shape);

    private static TrainedWeight[] Start() =>
    [
        .. shapes.Select((s, place) => new TrainedWeight(s.Name, new Parameter(Fill(s.Shape, i => 0.5 * Math.Cos(0.37 * i + place))))
        {
            IsLayerMatrix = place < 3,
        }),
    ];

    private static IOptimizer Optimizer(TrainedWeight[] weights, object? options = null) =>
        new Workbench(new MuonPlugin()).Build<IOptimizerFactory>("muon", options).Create(new OptimizerContext
        {
            Weights = weights, WeightDecay = 0.1, Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8,
        });

    private static void Step(IOptimizer optimizer, TrainedWeight[] weights, int step)
    {
        using var frozen = no_grad();
        using var each = NewDisposeScope();
        for (var place = 0; place < weights.Length; place++)
            weights[place].Parameter.grad = Fill(weights[place].Parameter.shape, i => Math.Sin(0.61 * i * i + 1.7 * place + 0.9 * step));
        optimizer.Step(new OptimizerStep(Rate));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_follows_an_independent_implementation(int index)
    {
        object?[] options = [null, new { scale = "original" }, new { nesterov = false, momentum = 0.8 }, new { steps = 3 }];
        var weights = Start();
        using var optimizer = Optimizer(weights, options[index]);
        for (var step = 0; step < 4; step++) Step(optimizer, weights, step);

        var expected = Parity.Golden("muon/muon").GetProperty("cases")[index].GetProperty("weights");
        foreach (var weight in weights)
        {
            var values = expected.GetProperty(weight.Name).EnumerateArray().Select(v => v.GetSingle()).ToArray();
            var off = (weight.Parameter.flatten() - tensor(values)).abs().max().item<float>();
            Assert.True(off < 2e-6, $"{weight.Name}: off by {off}");
        }
    }

    [Fact]
    public void It_goes_on_from_its_state_bit_for_bit()
    {
        var (whole, cut) = (Start(), Start());
        using var one = Optimizer(whole);
        for (var step = 0; step < 6; step++) Step(one, whole, step);

        using var first = Optimizer(cut);
        for (var step = 0; step < 3; step++) Step(first, cut, step);
        var saved = first.State().ToDictionary(s => s.Name, s => s.Tensor.clone());
        Assert.Equal(
            ["bias.exp_avg", "bias.exp_avg_sq", "bias.step", "square.momentum", "table.exp_avg", "table.exp_avg_sq", "table.step",
                "tall.momentum", "wide.momentum"],
            saved.Keys.Order(StringComparer.Ordinal));
        using var second = Optimizer(cut);
        second.Load(saved);
        for (var step = 3; step < 6; step++) Step(second, cut, step);

        foreach (var (a, b) in whole.Zip(cut)) Assert.True(a.Parameter.equal(b.Parameter).all().item<bool>(), a.Name);
    }

    [Fact]
    public void State_that_belongs_to_nobody_or_has_another_shape_is_refused()
    {
        using var optimizer = Optimizer(Start());
        Assert.Throws<ArgumentException>(() => optimizer.Load(new Dictionary<string, Tensor> { ["other.momentum"] = zeros(4, 7) }));
        var wrong = Assert.Throws<ArgumentException>(() =>
            optimizer.Load(new Dictionary<string, Tensor> { ["wide.momentum"] = zeros(7, 4) }));
        Assert.Contains("'wide'", wrong.Message);
    }

    [Fact]
    public void A_weight_without_a_gradient_stays()
    {
        var weights = Start();
        using var optimizer = Optimizer(weights);
        var before = weights[0].Parameter.clone();
        using (no_grad())
        {
            weights[1].Parameter.grad = ones(9, 3);
            optimizer.Step(new OptimizerStep(Rate));
        }

        Assert.True(weights[0].Parameter.equal(before).all().item<bool>());
        Assert.Equal(["tall.momentum"], optimizer.State().Select(s => s.Name));
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(48, 16)]
    [InlineData(8, 64)]
    public void Newton_Schulz_brings_singular_values_near_one_and_keeps_the_directions(int rows, int columns)
    {
        manual_seed(3);
        var matrix = randn(rows, columns);
        var (u, _, v) = linalg.svd(matrix, fullMatrices: false);
        var orthogonal = NewtonSchulz.Of(matrix, 5);

        var values = linalg.svdvals(orthogonal).data<float>().ToArray();
        // A square random matrix may have a singular value of nearly 0, which five steps do not bring all the way.
        Assert.All(values.SkipLast(rows == columns ? 2 : 0), s => Assert.InRange(s, 0.65, 1.25));
        var rotated = u.t().mm(orthogonal).mm(v.t());
        Assert.True((rotated - rotated.diag().diag()).abs().max().item<float>() < 1e-3);
    }

    [Fact]
    public void Zeros_stay_zeros() => Assert.Equal(0f, NewtonSchulz.Of(zeros(3, 5), 5).abs().max().item<float>());

    [Fact]
    public void Without_a_matrix_to_train_it_says_so()
    {
        var weights = Start()[3..];
        Assert.Contains("muon has nothing to do", Assert.Throws<UsageException>(() => Optimizer(weights)).Message);
    }

    [Fact]
    public void Its_options_keep_the_rules() => OptionsChecks.Run(new Workbench(new MuonPlugin()).Offers.Single());
}
