using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Modules with names and shapes alone.</summary>
public sealed class SkeletonTests
{
    [Fact]
    public void Weights_have_shapes_and_no_memory()
    {
        using var layer = Skeleton.Build(() => nn.Linear(1 << 20, 1 << 20));
        Assert.Equal(DeviceType.META, layer.weight.device_type);
        Assert.Equal([1L << 20, 1L << 20], layer.weight.shape);
        Assert.Equal(["bias", "weight"], layer.named_parameters().Select(p => p.name).Order());
        Assert.Equal(DeviceType.CPU, zeros(1).device_type);
    }

    [Fact]
    public void A_builder_that_words_the_failure_in_its_own_way_gets_a_second_try()
    {
        using var layer = Skeleton.Build(() =>
            get_default_device().type == DeviceType.META ? throw new FormatException("no values") : nn.Linear(2, 2));
        Assert.Equal(DeviceType.CPU, layer.weight.device_type);
    }

    [Fact]
    public void A_module_that_reads_values_is_built_as_usual()
    {
        using var layer = Skeleton.Build(() =>
        {
            var made = nn.Linear(2, 2);
            return made.weight.sum().item<float>() is float.NaN ? throw new InvalidOperationException("not a number") : made;
        });
        Assert.Equal(DeviceType.CPU, layer.weight.device_type);
        Assert.Equal(DeviceType.CPU, get_default_device().type);
    }
}
