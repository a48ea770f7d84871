using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>What holds for every module: architectures and heads.</summary>
internal static class Modules
{
    /// <summary>Every bit agrees.</summary>
    public static void SameBits(IReadOnlyList<Tensor> one, IReadOnlyList<Tensor> other, string who)
    {
        foreach (var (first, second) in one.Zip(other))
            Require(first.shape.SequenceEqual(second.shape) && first.equal(second).all().item<bool>(), $"{who} give different values.");
    }

    /// <summary>Some function of the outputs has a gradient in every parameter that is trained.</summary>
    public static void GradientsReach(nn.Module module, IReadOnlyList<Tensor> outputs)
    {
        var trained = module.named_parameters().Where(p => p.parameter.requires_grad).ToList();
        if (trained.Count == 0) throw new NotTriedException("it has nothing to train");
        Require(outputs.All(o => o.requires_grad),
            "what it returns does not depend on its parameters: something detaches it, or computes without gradients.");
        foreach (var (_, parameter) in trained) parameter.grad?.zero_();
        outputs.Select(o => o.to_type(ScalarType.Float32).square().mean()).Aggregate((a, b) => a + b).backward();
        var missing = trained.Where(p => p.parameter.grad is null).Select(p => p.name).ToList();
        Require(missing.Count == 0, $"no gradient reaches {string.Join(", ", missing.Take(5))}"
            + $"{(missing.Count > 5 ? $" and {missing.Count - 5} others" : "")}.");
        foreach (var (name, parameter) in trained)
            Require(parameter.grad!.isfinite().all().item<bool>(), $"the gradient of {name} is not finite.");
    }

    /// <summary>Puts the parameters and buffers of one module into another, by name.</summary>
    public static void Copy(nn.Module from, nn.Module to)
    {
        using var off = no_grad();
        var there = to.state_dict();
        foreach (var (name, tensor) in from.state_dict())
        {
            Require(there.TryGetValue(name, out var target), $"another build has no '{name}'.");
            Require(target!.shape.SequenceEqual(tensor.shape), $"'{name}' has another shape in another build.");
            target.copy_(tensor);
        }
    }
}
