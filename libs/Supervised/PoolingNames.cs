namespace PluginHost.Libs.Supervised;

/// <summary>How a pooling is written in pipelines.</summary>
internal static class PoolingNames
{
    /// <summary>Lower case, words joined by hyphens.</summary>
    public static string Name(this Pooling pooling) => pooling == Pooling.MaxParts ? "max-parts" : $"{pooling}".ToLowerInvariant();
}
