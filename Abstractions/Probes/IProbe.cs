namespace PluginHost;

/// <summary>Watches forward passes without the model knowing, and leaves files behind: attention maps, hidden-state dumps.</summary>
public interface IProbe
{
    /// <summary>What the backbone must keep for it.</summary>
    Capture Needs { get; }

    /// <summary>Sees one evaluated batch. Tensors live only during the call.</summary>
    void Observe(Batch batch, BackboneOutput output, Predictions predictions);

    /// <summary>Writes what was gathered.</summary>
    /// <param name="folder">An existing folder of the probe's own.</param>
    void Finish(string folder);
}
