using Xunit.Sdk;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Assertions on tensors.</summary>
internal static class Close
{
    internal static void To(Tensor expected, Tensor actual, double rtol = 1e-4, double atol = 1e-5, string? what = null)
    {
        if (!expected.shape.SequenceEqual(actual.shape))
            throw new XunitException(
                $"{what}: shape [{string.Join(",", expected.shape)}] expected, [{string.Join(",", actual.shape)}] found");
        if (expected.dtype != actual.dtype) throw new XunitException($"{what}: {expected.dtype} expected, {actual.dtype} found");
        var same = expected.is_floating_point() ? actual.allclose(expected, rtol, atol, true) : actual.Equals(expected);
        if (!same) throw new XunitException($"{what}: {Show(expected)} expected, {Show(actual)} found");
    }

    private static string Show(Tensor t) =>
        string.Join(", ", t.to(ScalarType.Float64).contiguous().data<double>().Take(24).Select(v => v.ToString("g6")));
}
