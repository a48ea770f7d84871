using PluginHost.Torch.Defects;
using PluginHost.Torch.Native;

namespace PluginHost.Torch;

/// <summary>One thing this library adds to TorchSharp by functions of libtorch or of the system that may be absent.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsThere">Whether the functions were found.</param>
/// <param name="Present">What it does then.</param>
/// <param name="Absent">What is done otherwise.</param>
public sealed record Addition(string Name, bool IsThere, string Present, string Absent)
{
    /// <summary>All of them, looked up in the libtorch that is loaded.</summary>
    public static IReadOnlyList<Addition> All =>
    [
        new("autocast", Autocast.IsAvailable, "products in bfloat16 on request", "float32 alone"),
        new("AdamW", FusedAdamW.IsFused, "libtorch's fused kernel", "single operators, several times slower"),
        new("dropout", DropoutKernel.IsAvailable, "own kernel, mask from a counter", "single operators, many times slower"),
        new("gradient norm", Memory.IsAvailable, "own kernel, the same bits whatever the threads", "single operators"),
        new("memory", CpuMemory.IsKept, "freed blocks are kept for reuse", "freed blocks go back to the system"),
        new("errors of matmul", MatmulErrors.AreCaught, "exceptions", "the end of the process: TorchSharp does not catch them"),
        new("temporaries", Lifetimes.AreExtended, "held while in use", "may be freed while in use"),
    ];
}
