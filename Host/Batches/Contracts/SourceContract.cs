using PluginHost.Host.Plugins;

namespace PluginHost.Host.Batches.Contracts;

/// <summary>Holds a source of samples to having them.</summary>
internal static class SourceContract
{
    /// <summary>A sample of a source.</summary>
    /// <param name="source">A split.</param>
    /// <param name="index">From 0.</param>
    /// <param name="random">For sources that draw.</param>
    /// <exception cref="PluginException">The source returned nothing, or a sample without a name or a sequence.</exception>
    public static Sample Get(ISampleSource source, long index, SeededRandom random) =>
        source.Get(index, random) is { Id: not null, Sequence: not null } sample ? sample
            : throw new PluginException($"The samples {source.GetType().Name}"
                + $"{(Origins.Of(source.GetType().Assembly) is { } plugin ? $" of plugin {plugin.Name}" : "")} "
                + $"returned nothing (null) for sample {index} of {source.Count}.");
}
