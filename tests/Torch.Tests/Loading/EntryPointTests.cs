using PluginHost.Torch;
using PluginHost.Torch.Defects;
using PluginHost.Torch.Native;

namespace Torch.Tests.Loading;

/// <summary>With NuGet's libtorch every addition has its fast way: what is missing would go unnoticed, since all have another.</summary>
public sealed class EntryPointTests
{
    [Fact]
    public void Nothing_is_missing()
    {
        Assert.True(Dispatcher.IsAvailable);
        Assert.True(Autocast.IsAvailable);
        Assert.True(DropoutKernel.IsAvailable);
        Assert.True(ParallelLoop.IsAvailable);
        Assert.True(MatmulErrors.AreCaught);
        Assert.True(Lifetimes.AreExtended);
        Assert.NotEmpty(Hardware.BuildConfiguration);
        Assert.NotEmpty(Hardware.OneDnn);
        Assert.NotEqual("unknown", Hardware.CpuCapability);
        Assert.Equal("MKL", Hardware.Blas.Name);
    }

    [Fact]
    public void The_processor_computes() => Assert.Null(SelfTest.Run(TorchSharp.torch.CPU));
}
