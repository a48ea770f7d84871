using PluginHost.Host.Pipelines.Settings;
using PluginHost.Torch;
using TorchSharp.Modules;

namespace PluginHost.Host.Models.Adapters;

using static TorchSharp.torch;

/// <summary>
/// Low-rank adaptation of one linear layer (Hu et al. 2022, 4.1): y = x W^T + (alpha / rank) dropout(x) A^T B^T. A starts
/// as PyTorch's linear layers do, B at zero, so that nothing changes before the first step.
/// </summary>
/// <remarks>Hooks see a layer only when it is run by <c>call</c>. Axes: I inputs, O outputs, R rank.</remarks>
public sealed class LoraLayer
{
    /// <summary>What the matrices are called beneath the layer, as PEFT calls them.</summary>
    public const string DownName = "lora_A", UpName = "lora_B";

    private readonly Linear layer, down_RI, up_OR;
    private readonly double scale, dropout;
    private readonly nn.HookableModule<Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>, Func<nn.Module<Tensor, Tensor>, Tensor, Tensor,
        Tensor>>.HookRemover hook;

    /// <param name="name">The layer's published name.</param>
    /// <param name="layer">Gets the matrices as submodules, on its device.</param>
    /// <param name="options">Rank, alpha and dropout.</param>
    public LoraLayer(string name, Linear layer, LoraOptions options)
    {
        (Name, this.layer, scale, dropout) = (name, layer, options.Alpha / options.Rank, options.Dropout);
        var device = layer.weight!.device;
        down_RI = nn.Linear(layer.weight.shape[1], options.Rank, hasBias: false, device: device);
        up_OR = nn.Linear(options.Rank, layer.weight.shape[0], hasBias: false, device: device);
        nn.init.zeros_(up_OR.weight!);
        layer.register_module(DownName, down_RI);
        layer.register_module(UpName, up_OR);
        hook = layer.register_forward_hook((_, input, output) => Add(input, output));
    }

    /// <summary>The layer's published name.</summary>
    public string Name { get; }

    /// <summary>Whether a forward pass has come by.</summary>
    public bool Ran { get; private set; }

    /// <summary>Both matrices under their published names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Weights() =>
        [($"{Name}.{DownName}.weight", down_RI.weight!), ($"{Name}.{UpName}.weight", up_OR.weight!)];

    /// <summary>Adds the product to the layer's weight.</summary>
    public void Merge()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        layer.weight!.add_(up_OR.weight!.matmul(down_RI.weight!) * scale);
    }

    /// <summary>Takes the matrices away; the layer is as it was before.</summary>
    public void Remove()
    {
        hook.remove();
        layer.register_module(DownName, null!);
        layer.register_module(UpName, null!);
        down_RI.Dispose();
        up_OR.Dispose();
    }

    private Tensor Add(Tensor input, Tensor output)
    {
        Ran = true;
        using var scope = NewDisposeScope();
        // Scaling the thin result touches R numbers a token instead of O.
        var thin = down_RI.call(Extras.dropout(input, dropout, layer.training)) * scale;
        var sum = output + up_OR.call(thin);
        output.Dispose();
        return sum.MoveToOuterDisposeScope();
    }
}
