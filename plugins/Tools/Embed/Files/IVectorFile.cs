namespace PluginHost.Plugins.Embed.Files;

/// <summary>A file of vectors while it is being written.</summary>
internal interface IVectorFile : IDisposable
{
    /// <summary>Begins with the next sequence of the input.</summary>
    /// <param name="id">Its name.</param>
    void Begin(string id);

    /// <summary>Adds a vector of the sequence begun last.</summary>
    /// <param name="bases">What a token covers; none for a sequence.</param>
    /// <param name="values">Axis D.</param>
    void Add(BaseSpan bases, ReadOnlySpan<float> values);

    /// <summary>Writes what is left; the stream stays open.</summary>
    void Finish();
}
