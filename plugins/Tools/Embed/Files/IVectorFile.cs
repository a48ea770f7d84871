namespace PluginHost.Plugins.Embed.Files;

/// <summary>A file of vectors while it is being written.</summary>
internal interface IVectorFile : IDisposable
{
    /// <summary>Begins with the next sequence of the input.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="note">What is to be said of it; empty where nothing is, or where the file has no notes.</param>
    void Begin(string id, string note);

    /// <summary>Adds a vector of the sequence begun last.</summary>
    /// <param name="place">Where what it stands for lies.</param>
    /// <param name="values">Axis D.</param>
    void Add(VectorPlace place, ReadOnlySpan<float> values);

    /// <summary>Writes what is left; the stream stays open.</summary>
    void Finish();
}
