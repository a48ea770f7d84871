using PluginHost.Host.Models.Adapters;

namespace PluginHost.Host.Models;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>A backbone with the heads of one objective: what a stage trains and a model folder holds.</summary>
/// <param name="backbone">Shared with the stages before and after.</param>
/// <param name="heads">Heads by role.</param>
/// <param name="headSpecs">What each head was built from, by role.</param>
public sealed class TaskModel(Backbone backbone, IReadOnlyDictionary<string, Head> heads, IReadOnlyDictionary<string,
    ComponentSpec> headSpecs) : IDisposable
{
    /// <summary>The backbone.</summary>
    public Backbone Backbone { get; } = backbone;

    /// <summary>Heads by role.</summary>
    public IReadOnlyDictionary<string, Head> Heads { get; } = heads;

    /// <summary>What each head was built from, by role.</summary>
    public IReadOnlyDictionary<string, ComponentSpec> HeadSpecs { get; } = headSpecs;

    /// <summary>Low-rank adapters on its layers; null when there are none.</summary>
    public LoraAdapters? Adapters { get; internal set; }

    /// <summary>The most tokens a sequence may have, special ones included.</summary>
    public int MaxTokens => Backbone.Shape.MaxTokens ?? int.MaxValue;

    /// <summary>The batch columns that backbone and heads read.</summary>
    public IReadOnlyList<BatchKey> Reads => [.. Backbone.Reads, .. Heads.Values.SelectMany(h => h.ReadsColumns)];

    /// <summary>Runs backbone and heads.</summary>
    public (BackboneOutput Output, Predictions Predictions) Forward(Batch batch, Capture? capture = null)
    {
        var output = Backbone.Forward(batch, capture ?? Capture.None);
        return (output, Predict(output, batch));
    }

    /// <summary>Runs the heads.</summary>
    public Predictions Predict(BackboneOutput output, Batch batch) =>
        new(Heads.ToDictionary(h => h.Key, h => h.Value.Forward(output, batch)));

    /// <summary>Frees backbone and heads.</summary>
    public void Dispose()
    {
        foreach (var module in Modules.ToList()) module.Dispose();
    }

    /// <summary>Switches dropout on or off.</summary>
    public void Train(bool on)
    {
        foreach (var module in Modules) module.train(on);
    }

    /// <summary>Moves all weights.</summary>
    public void To(Device device)
    {
        foreach (var module in Modules) module.to(device);
    }

    /// <summary>
    /// All weights and buffers under their published names, in a fixed order; a tensor shared by two modules once, under the first name.
    /// </summary>
    /// <exception cref="PluginException">Two modules claim the same name.</exception>
    public IReadOnlyList<(string Name, Tensor Tensor)> State()
    {
        HashSet<nint> seen = [];
        List<(string, Tensor)> state = [];
        HashSet<string> names = [];
        foreach (var (prefix, module) in Prefixed)
        {
            foreach (var (name, tensor) in module.state_dict())
            {
                if (!seen.Add(tensor.Handle)) continue;
                var full = prefix.Length == 0 ? name : $"{prefix}.{name}";
                if (!names.Add(full))
                    throw new PluginException($"Two modules both have a weight named '{full}'; give the heads different state prefixes.");
                state.Add((full, tensor));
            }
        }
        return state;
    }

    /// <summary><see cref="State"/> without the adapters.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> StateWithoutAdapters()
    {
        var added = Adapters?.Weights().Select(w => w.Tensor.Handle).ToHashSet();
        return added is null ? State() : [.. State().Where(s => !added.Contains(s.Tensor.Handle))];
    }

    /// <summary>The heads' own weights under the same names: what is trained beside adapters.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> HeadState()
    {
        var backbone = Backbone.state_dict().Values.Select(t => t.Handle).ToHashSet();
        return [.. State().Where(s => !backbone.Contains(s.Tensor.Handle))];
    }

    /// <summary>The own weights of one head, under the same names; none for a head that only reads the backbone's.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> HeadState(string role)
    {
        var own = Heads[role].state_dict().Values.Select(t => t.Handle).ToHashSet();
        return [.. HeadState().Where(s => own.Contains(s.Tensor.Handle))];
    }

    /// <summary>The trainable weights under the same names and in the same order as <see cref="State"/>.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters() =>
        [.. State().Where(s => s.Tensor is Parameter { requires_grad: true }).Select(s => (s.Name, (Parameter)s.Tensor))];

    internal IEnumerable<nn.Module> Modules => Prefixed.Select(p => p.Module);

    private IEnumerable<(string Prefix, nn.Module Module)> Prefixed =>
        Heads.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => (h.Value.StatePrefix, (nn.Module)h.Value))
            .Prepend((Backbone.StatePrefix, Backbone));
}
