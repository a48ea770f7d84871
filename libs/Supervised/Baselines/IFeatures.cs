namespace PluginHost.Libs.Supervised;

/// <summary>Turns a sample into sparse features for a linear baseline.</summary>
public interface IFeatures
{
    /// <summary>Number of features for samples like these, or 0 when it does not apply to them.</summary>
    int Size(IReadOnlyCollection<Sample> samples);

    /// <summary>Feature indices and values, one entry an index.</summary>
    (int[] Index, float[] Value) Of(Sample sample);
}
