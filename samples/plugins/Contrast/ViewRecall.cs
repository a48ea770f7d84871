using PluginHost;

namespace Contrast;

/// <summary>
/// Recall at k: of every scored view, whether another view of its sequence is among the k nearest by cosine, over the whole split and not
/// only within a batch. By chance it is about k / (views - 1).
/// </summary>
/// <param name="options">k and the most views.</param>
internal sealed class ViewRecall(ViewRecallOptions options) : IMetric
{
    private readonly List<(string Id, float[] Vector)> views = [];

    public bool HigherIsBetter => true;

    public double Value => views.Count < 2 ? double.NaN
        : Enumerable.Range(0, views.Count).AsParallel().Count(IsFound) / (double)views.Count;

    public void Add(Scored scored)
    {
        if (scored.Outputs is not { } vectors || scored.Ids.Count != vectors.GetLength(0))
            throw new UsageException("view-recall compares vectors of views; the objective 'contrast' gives such.");
        for (var n = 0; n < scored.Ids.Count && views.Count < options.Most; n++)
        {
            var vector = Enumerable.Range(0, vectors.GetLength(1)).Select(e => vectors[n, e]).ToArray();
            var length = MathF.Sqrt(vector.Sum(v => v * v));
            views.Add((scored.Ids[n], [.. vector.Select(v => length > 0 ? v / length : 0)]));
        }
    }

    private bool IsFound(int asked)
    {
        var best = views.Select((view, n) => (view.Id, n, Similar: Dot(view.Vector, views[asked].Vector))).Where(v => v.n != asked)
            .OrderByDescending(v => v.Similar).ThenBy(v => v.n).Take(options.Nearest);
        return best.Any(v => v.Id == views[asked].Id);
    }

    private static float Dot(float[] one, float[] other)
    {
        var sum = 0f;
        for (var e = 0; e < one.Length; e++) sum += one[e] * other[e];
        return sum;
    }
}
