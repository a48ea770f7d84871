namespace PluginHost.Host.Evaluation.Statistics;

/// <summary>Ranks from 1 in which equal values share the mean of their places.</summary>
public static class Midranks
{
    /// <summary>The rank of each value, in the order given.</summary>
    public static double[] Of<T>(T[] values) where T : IComparable<T>
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((T[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]].CompareTo(values[order[start]]) == 0) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }
        return ranks;
    }
}
