using GenomeTrack;
using PluginHost;

[assembly: Plugin(typeof(GenomeTrackPlugin))]

namespace GenomeTrack;

/// <summary>The DLL's table of contents.</summary>
public sealed class GenomeTrackPlugin : IPlugin
{
    public void Register(ICatalog catalog) => catalog.Add<ITool, TrackOptions>(
        "track write", (options, _) => new TrackTool(options), "Writes what a model says along a genome as a bedGraph track.");
}
