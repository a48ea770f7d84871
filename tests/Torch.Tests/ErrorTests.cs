using System.Runtime.InteropServices;
using PluginHost.Torch;
using PluginHost.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Native errors arrive as typed exceptions with libtorch's own words.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Shapes_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
        Assert.DoesNotContain("frame #", error.Message);
    }

    [Fact]
    public void Kinds_are_told_apart()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<TorchIndexException>(() => ones(2).select(0, 5));
        Assert.Throws<TorchIndexException>(() => ones(2).sum(3));
        Assert.Throws<TorchIndexException>(() => ones(2).size(2));
        Assert.Throws<TorchException>(() => ones(2).view(3));
        Assert.Throws<TorchLinearAlgebraException>(() => zeros(2, 2).inverse());
    }

    [Fact]
    public void Running_out_of_memory_is_recognised()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty([1L << 44]));
        Assert.True(TorchException.IsOutOfMemory(error), error.Message);
        Assert.False(TorchException.IsOutOfMemory(new InvalidOperationException("no")));
    }

    [Fact]
    public void Missing_operators_name_themselves_and_the_library()
    {
        var error = Assert.Throws<TorchNotImplementedException>(() => new Op("aten::no_such_thing").Call());
        Assert.Contains("aten::no_such_thing", error.Message);
        Assert.Contains(Hardware.LibtorchVersion, error.Message);
    }

    [Fact]
    public void Null_and_wrong_arguments_are_errors_not_crashes()
    {
        using var x = ones(2);
        Assert.ThrowsAny<ExternalException>(() => x.add((Tensor)null!));
        Assert.ThrowsAny<ExternalException>(() => new Op("aten::relu").Call("text"));
        Assert.ThrowsAny<ExternalException>(() => new Op("aten::relu").Call(x, 1, 2));
    }

    [Fact]
    public void Reading_the_wrong_type_is_refused()
    {
        using var x = ones(2);
        Assert.Contains("not compatible", Assert.Throws<ArgumentException>(() => x.data<long>()).Message);
        Assert.Throws<ArgumentException>(() => x.item<float>());
        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[2]);
    }

    [Fact]
    public void Every_operator_the_binding_names_exists()
    {
        string[] newer = ["aten::_fused_adamw_", "aten::scaled_dot_product_attention"];
        var missing = typeof(Ops).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<Op>()
            .Where(op => !op.Exists && !newer.Contains(op.ToString())).Select(op => op.ToString());
        Assert.Empty(missing);
    }

    [Fact]
    public void CUDA_is_refused_plainly_where_there_is_none()
    {
        if (cuda.is_available()) return;
        Assert.Contains("CUDA is not available", Assert.Throws<InvalidOperationException>(() => ones(1).cuda()).Message);
        Assert.Empty(Hardware.CudaDevices);
        Assert.False(CudaMemory.EmptyCache());
        Assert.Null(CudaMemory.Allocated());
    }
}
