using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Registration, state dicts, moving and the modules themselves.</summary>
public sealed class ModuleTests
{
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Linear inner = nn.Linear(4, 4);
        private readonly Parameter scale = nn.Parameter(ones(4));
        private readonly Tensor offset = zeros(4);
        private readonly Dropout drop = nn.Dropout(0.5);

        public Block() : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (drop.call(inner.call(input)) * scale) + offset;
    }

    private sealed class Model : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleList<Block> layers = nn.ModuleList(new Block(), new Block());
        private readonly ModuleDict<nn.Module<Tensor, Tensor>> heads = nn.ModuleDict<nn.Module<Tensor, Tensor>>(("a", nn.Linear(4, 2)), ("b", nn.Linear(4, 3, hasBias: false)));

        public Model() : base(nameof(Model))
        {
            register_buffer("hidden", ones(2), persistent: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => heads["a"].call(layers.Aggregate(input, (x, layer) => layer.call(x)));
    }

    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using var model = new Model();
        Assert.Equal(
            [
                "heads.a.bias", "heads.a.weight", "heads.b.weight", "layers.0.inner.bias", "layers.0.inner.weight", "layers.0.offset",
                "layers.0.scale", "layers.1.inner.bias", "layers.1.inner.weight", "layers.1.offset", "layers.1.scale",
            ],
            model.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(9, model.named_parameters().Count());
        Assert.Contains("hidden", model.named_buffers().Select(b => b.name));
        Assert.DoesNotContain("hidden", model.state_dict().Keys);
        Assert.NotNull(model.get_parameter("layers.1.inner.weight"));
        Assert.Null(model.get_parameter("layers.7.inner.weight"));
        Assert.Contains("layers.0.inner", model.named_modules().Select(m => m.name));
    }

    [Fact]
    public void A_state_dict_round_trips_and_names_what_differs()
    {
        using var a = new Model();
        using var b = new Model();
        var state = a.state_dict().ToDictionary(p => p.Key, p => p.Value.detach().clone());
        var (missing, unexpected) = b.load_state_dict(state);
        Assert.Empty(missing.Concat(unexpected));
        foreach (var (key, tensor) in b.state_dict()) Assert.True(tensor.Equals(state[key]), key);
        Assert.All(b.parameters(), p => Assert.True(p.requires_grad));
        state["extra"] = ones(1);
        _ = state.Remove("layers.0.scale");
        var error = Assert.Throws<InvalidOperationException>(() => b.load_state_dict(state));
        Assert.Contains("layers.0.scale", error.Message);
        var loose = b.load_state_dict(state, strict: false);
        Assert.Equal(["layers.0.scale"], loose.missing_keys);
        Assert.Equal(["extra"], loose.unexpected_keyes);
    }

    [Fact]
    public void Training_mode_reaches_every_module()
    {
        using var model = new Model();
        Assert.True(model.training);
        model.eval();
        Assert.All(model.modules(), m => Assert.False(m.training));
        using var x = randn(3, 4);
        Assert.True(model.call(x).Equals(model.call(x)));
        model.train();
        Assert.All(model.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void Conversion_replaces_parameters_and_their_fields()
    {
        using var model = new Model().to(ScalarType.Float64);
        Assert.All(model.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        using var x = randn(3, 4, ScalarType.Float64);
        model.eval();
        var output = model.call(x);
        Assert.Equal(ScalarType.Float64, output.dtype);
        output.sum().backward();
        Assert.NotNull(model.get_parameter("layers.0.inner.weight")!.grad);
        Assert.Throws<ArgumentException>(() => model.to(ScalarType.Int64));
    }

    [Fact]
    public void Parameters_made_in_a_scope_outlive_it()
    {
        Model model;
        using (NewDisposeScope()) model = new Model();
        Assert.All(model.parameters(), p => Assert.False(p.IsInvalid));
        Assert.All(model.buffers(), b => Assert.False(b.IsInvalid));
        model.Dispose();
        Assert.Empty(model.parameters());
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        var data = randn(3);
        var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
        Assert.False(new Parameter(randn(2), requires_grad: false).requires_grad);
    }

    [Fact]
    public void Weights_can_be_shared()
    {
        var embedding = nn.Embedding(10, 4);
        using var head = nn.Linear(embedding.weight!);
        var loss = head.call(embedding.call(tensor(new long[] { 1, 2 }))).sum();
        loss.backward();
        Assert.Equal([10L, 4L], embedding.weight!.grad!.shape);
        Assert.Same(embedding.weight, head.weight);
    }

    [Fact]
    public void Hooks_run_around_forward()
    {
        using var layer = nn.Linear(2, 2);
        var seen = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) =>
        {
            seen.Add("before");
            return input * 0;
        });
        _ = layer.register_forward_hook((_, _, output) =>
        {
            seen.Add("after");
            return output;
        });
        Assert.True(layer.call(ones(1, 2)).allclose(layer.bias!));
        before.remove();
        Assert.False(layer.call(ones(1, 2)).allclose(layer.bias!));
        Assert.Equal(["before", "after", "after"], seen);
    }

    [Fact]
    public void A_name_twice_or_with_a_dot_is_refused()
    {
        using var model = new Model();
        Assert.Throws<InvalidOperationException>(() => model.register_module("layers", nn.Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", nn.Linear(1, 1)));
        Assert.Throws<ArgumentNullException>(() => model.register_buffer("x", null!));
    }

    [Fact]
    public void Initialisation_has_the_asked_spread()
    {
        manual_seed(1);
        using var weight = empty(400, 300);
        _ = nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        Assert.InRange(weight.abs().max().item<float>(), 0.0570f, 0.0578f);
        _ = nn.init.xavier_normal_(weight);
        Assert.InRange(weight.std().item<float>(), 0.0525f, 0.0544f);
        _ = nn.init.trunc_normal_(weight, std: 0.02, a: -0.04, b: 0.04);
        Assert.InRange(weight.abs().max().item<float>(), 0.0395f, 0.0401f);
        Assert.InRange(weight.std().item<float>(), 0.0170f, 0.0180f);
        Assert.Equal((300L, 400L), nn.init.CalculateFanInAndFanOut(weight));
    }

    [Fact]
    public void Padding_entries_start_at_zero_and_learn_nothing()
    {
        using var embedding = nn.Embedding(5, 3, padding_idx: 0);
        Assert.Equal(0f, embedding.weight![0].abs().sum().item<float>());
        embedding.call(tensor(new long[] { 0, 0, 2 })).sum().backward();
        Assert.Equal(0f, embedding.weight.grad![0].sum().item<float>());
        Assert.Equal(3f, embedding.weight.grad[2].sum().item<float>());
    }

    [Fact]
    public void A_sequence_of_convolutions_learns_shapes()
    {
        using var net = nn.Sequential(nn.Conv1d(4, 8, 5, TorchSharp.Padding.Same), nn.BatchNorm1d(8), nn.ReLU(), nn.MaxPool1d(2),
            nn.Conv1d(8, 6, 3, padding: 1, padding_mode: PaddingModes.Circular), nn.AdaptiveAvgPool1d(1), nn.Flatten());
        Assert.Equal([2L, 6L], net.call(randn(2, 4, 20)).shape);
        Assert.Contains("1.running_mean", net.state_dict().Keys);
        Assert.Equal(1L, net.state_dict()["1.num_batches_tracked"].item<long>());
    }
}
