namespace PluginHost.Libs.Supervised;

/// <summary>The training rows a baseline is fitted on: all, or as many as take seconds.</summary>
public static class TrainingRows
{
    /// <summary>Most rows.</summary>
    public const int Most = 20_000;

    /// <summary>
    /// A uniform sample of the rows (reservoir, Vitter 1985), in reading order; all of them where there are no more than
    /// <paramref name="most"/>.
    /// </summary>
    /// <param name="samples">The training split.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="most">Most rows to keep.</param>
    public static List<Sample> Draw(IEnumerable<Sample> samples, ulong seed, int most = Most)
    {
        var random = new SeededRandom(seed, 0xBA5E);
        var kept = new List<(long Order, Sample Sample)>();
        var seen = 0L;
        foreach (var sample in samples)
        {
            if (kept.Count < most) kept.Add((seen, sample));
            else if (random.Next(seen + 1) is var slot && slot < most) kept[(int)slot] = (seen, sample);
            seen++;
        }
        return [.. kept.OrderBy(p => p.Order).Select(p => p.Sample)];
    }
}
