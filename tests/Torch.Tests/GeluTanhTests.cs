using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

public sealed class GeluTanhTests
{
    [Fact]
    public void It_is_the_formula_and_so_is_its_gradient()
    {
        var values = Enumerable.Range(-40, 81).Select(i => i / 8f).ToArray();
        using var input = tensor(values, requires_grad: true);
        using var output = Extras.gelu_tanh(input);
        output.sum().backward();
        var (actual, gradient) = (output.data<float>().ToArray(), input.grad!.data<float>().ToArray());
        for (var i = 0; i < values.Length; i++)
        {
            Assert.InRange(actual[i] - Formula(values[i]), -1e-6, 1e-6);
            Assert.InRange(gradient[i] - (Formula(values[i] + 1e-4) - Formula(values[i] - 1e-4)) / 2e-4, -1e-5, 1e-5);
        }
    }

    private static double Formula(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
