namespace PluginHost.Plugins.Classification;

/// <summary>Turns a sequence into sparse features for a linear baseline.</summary>
internal interface IFeatures
{
    /// <summary>Number of features for sequences like these, or 0 when it does not apply to them.</summary>
    int Size(IReadOnlyCollection<Sample> samples);

    /// <summary>Feature indices and values, one entry an index.</summary>
    (int[] Index, float[] Value) Of(string sequence);
}
