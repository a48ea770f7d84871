namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

/// <summary>
/// T5's buckets of relative positions (Raffel et al. 2020, 2.1): near distances have one each, far ones share logarithmically growing
/// ranges.
/// </summary>
internal static class RelativeBuckets
{
    /// <summary>The bucket of a key seen from a query.</summary>
    /// <param name="offset">Key position minus query position.</param>
    /// <param name="causal">Whether keys after the query are never seen: then all buckets serve the side before it.</param>
    /// <param name="buckets">How many there are.</param>
    /// <param name="farthest">Distance from which all share the last bucket.</param>
    public static int Of(int offset, bool causal, int buckets, int farthest)
    {
        var first = 0;
        if (!causal)
        {
            buckets /= 2;
            if (offset > 0) first = buckets;
        }
        var distance = causal ? Math.Max(0, -offset) : Math.Abs(offset);
        var single = buckets / 2;
        if (distance < single) return first + distance;
        var share = Math.Log(distance / (double)single) / Math.Log(farthest / (double)single);
        return first + Math.Min(buckets - 1, single + (int)(share * (buckets - single)));
    }
}
