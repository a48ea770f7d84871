using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Mixed precision on the CPU. Correctness only: these run emulated where the CPU lacks bfloat16.</summary>
public sealed class AutocastTests
{
    [Fact]
    public void Products_run_in_bfloat16_and_sums_stay_float32()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(16, 16);
        var x = randn(4, 16);
        Tensor hidden, residual;
        using (Autocast.Enter(CPU, ScalarType.BFloat16))
        {
            Assert.True(Autocast.IsEnabled(CPU));
            hidden = layer.call(x);
            residual = x + hidden;
        }

        Assert.False(Autocast.IsEnabled(CPU));
        Assert.Equal(ScalarType.BFloat16, hidden.dtype);
        Assert.Equal(ScalarType.Float32, residual.dtype);
        Assert.True(hidden.to(ScalarType.Float32).allclose(layer.call(x), 0.05, 0.05));
        residual.sum().backward();
        Assert.Equal(ScalarType.Float32, layer.weight.grad!.dtype);
    }

    [Fact]
    public void Regions_nest_and_can_be_turned_off_inside()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (randn(3, 3), randn(3, 3));
        using (Autocast.Enter(CPU, ScalarType.BFloat16))
        {
            using (Autocast.Disable(CPU)) Assert.Equal(ScalarType.Float32, a.matmul(b).dtype);
            Assert.Equal(ScalarType.BFloat16, a.matmul(b).dtype);
        }

        Assert.Equal(ScalarType.Float32, a.matmul(b).dtype);
    }

    [Fact]
    public void A_shared_input_is_converted_once_and_its_gradient_is_float32()
    {
        using var scope = NewDisposeScope();
        var input = randn(4, 8).requires_grad_();
        Assert.Equal(ScalarType.Float32, Autocast.Shared(input).dtype);
        using (Autocast.Enter(CPU, ScalarType.BFloat16))
        {
            var shared = Autocast.Shared(input);
            Assert.Equal(ScalarType.BFloat16, shared.dtype);
            Assert.Equal(ScalarType.BFloat16, Autocast.Shared(shared).dtype);
            shared.to_type(ScalarType.Float32).sum().backward();
        }

        Assert.True(input.grad!.Equals(ones(4, 8)));
    }

    [Fact]
    public void Dropout_keeps_the_type_it_is_given()
    {
        using var scope = NewDisposeScope();
        using var region = Autocast.Enter(CPU, ScalarType.BFloat16);
        var hidden = nn.functional.linear(randn(4, 8), randn(8, 8));
        Assert.Equal(ScalarType.BFloat16, Extras.dropout(hidden, 0.1).dtype);
    }

    [Fact]
    public void A_type_the_device_cannot_do_is_refused()
    {
        Assert.False(Autocast.IsSupported(CPU, ScalarType.Float16));
        Assert.Contains("Float16", Assert.Throws<NotSupportedException>(() => Autocast.Enter(CPU, ScalarType.Float16)).Message);
    }

    [Fact]
    public void It_belongs_to_its_thread()
    {
        using var region = Autocast.Enter(CPU, ScalarType.BFloat16);
        var other = new Thread(() => Assert.False(Autocast.IsEnabled(CPU)));
        other.Start();
        other.Join();
        Assert.True(Autocast.IsEnabled(CPU));
    }
}
