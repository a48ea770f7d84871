using System.Runtime.InteropServices;
using PluginHost.Torch;
using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>What goes wrong in libtorch is told in its own words, without the native stack.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Shapes_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", TensorErrors.Message(error));
    }

    [Fact]
    public void Running_out_of_memory_is_recognised()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty([1L << 44]));
        Assert.True(TensorErrors.IsOutOfMemory(error), error.Message);
        Assert.False(TensorErrors.IsOutOfMemory(new InvalidOperationException("out of memory")));
    }

    [Fact]
    public void Other_exceptions_keep_their_message() =>
        Assert.Equal("a\nframe #0: b", TensorErrors.Message(new InvalidOperationException("a\nframe #0: b")));

    [Fact]
    public void An_operator_that_is_not_there_names_itself_and_the_library()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Dispatcher.Run("aten::no_such_thing", "", Dispatcher.Of(1.0)));
        Assert.Contains("aten::no_such_thing", error.Message);
        Assert.Contains(Hardware.LibtorchVersion, error.Message);
    }
}
