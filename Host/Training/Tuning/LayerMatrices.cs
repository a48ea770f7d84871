using TorchSharp.Modules;

namespace PluginHost.Host.Training.Tuning;

/// <summary>Finds the matrices that map hidden states inside a backbone's repeated layers.</summary>
public static class LayerMatrices
{
    /// <summary>Their handles: whatever has two axes in a layer, look-up tables such as relative positions left out.</summary>
    public static IReadOnlySet<nint> Of(Backbone backbone)
    {
        var tables = backbone.modules().OfType<Embedding>().SelectMany(e => e.parameters()).Select(p => p.Handle).ToHashSet();
        return backbone.Layers.SelectMany(l => l.parameters()).Where(p => p.dim() == 2).Select(p => p.Handle)
            .Where(h => !tables.Contains(h)).ToHashSet();
    }
}
