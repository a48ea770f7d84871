namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

/// <summary>What cross-attention knows of places.</summary>
public enum CrossPlaces
{
    /// <summary>Nothing, as T5: it goes by what stands there.</summary>
    None,

    /// <summary>A learned bias by how far an encoder token stands from the decoder's own place.</summary>
    Relative,
}
