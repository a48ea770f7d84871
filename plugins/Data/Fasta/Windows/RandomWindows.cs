namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>Windows of random length at random places, drawn from the generator each sample is given (DNABERT, section 2.2.2).</summary>
internal sealed class RandomWindows : ISampleSource
{
    private const int MostDraws = 10_000;
    private const int TrialDraws = 1_000;
    private readonly Region[] regions;
    private readonly long[] ends;
    private readonly int shortest, longest;
    private readonly double maxN, fullShare;

    /// <param name="regions">Where to draw; stretches too ambiguous for any window are cut out.</param>
    /// <param name="count">Samples of an epoch; null draws enough to cover the bases once on average.</param>
    /// <param name="most">Whether <paramref name="count"/> is only an upper limit.</param>
    /// <param name="shortest">Shortest window in bases.</param>
    /// <param name="longest">Longest window in bases.</param>
    /// <param name="maxN">Largest share of ambiguous bases.</param>
    /// <param name="fullShare">Probability of a window of full length; otherwise its length is uniform.</param>
    /// <exception cref="DataException">No window fits the limits.</exception>
    public RandomWindows(IReadOnlyList<Region> regions, long? count, bool most, int shortest, int longest, double maxN, double fullShare)
    {
        (this.shortest, this.longest, this.maxN, this.fullShare) = (shortest, longest, maxN, fullShare);
        this.regions = [.. regions.SelectMany(Stretches)];
        ends = new long[this.regions.Length];
        var total = 0L;
        for (var i = 0; i < ends.Length; i++) ends[i] = total += this.regions[i].Length;
        if (total == 0) throw new DataException($"No window is left: no stretch has {shortest:N0} bases of which at most {maxN:P0} are "
            + "ambiguous; lower 'minLength' or raise 'maxN'.");
        var mean = fullShare * longest + (1 - fullShare) * (shortest + longest) / 2.0;
        var covering = Math.Max(1, (long)(total / mean));
        Count = count is null ? covering : most ? Math.Min(count.Value, covering) : count.Value;
        Redrawn = Try();
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>The share of draws that is drawn again for ambiguous bases, as a trial found.</summary>
    public double Redrawn { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var (region, start, length) = Draw(random);
            if (IsFit(region, start, length)) return region.Read(start, length);
        }
        throw NoWindow();
    }

    private (Region Region, long Start, int Length) Draw(SeededRandom random)
    {
        var length = fullShare > 0 && random.NextDouble() < fullShare ? longest : random.Next(shortest, longest + 1);
        var place = random.Next(ends[^1]);
        var found = Array.BinarySearch(ends, place + 1);
        var region = regions[found < 0 ? ~found : found];
        length = (int)Math.Min(length, region.Length);
        return (region, region.Start + random.Next(region.Length - length + 1), length);
    }

    private bool IsFit(Region region, long start, int length) =>
        maxN >= 1 || region.File.CountAmbiguous(region.Record, start, start + length) <= (long)(maxN * length);

    private double Try()
    {
        if (maxN >= 1) return 0;
        var random = new SeededRandom(0);
        var unfit = 0;
        for (var i = 0; i < TrialDraws; i++)
        {
            var (region, start, length) = Draw(random);
            if (!IsFit(region, start, length)) unfit++;
        }
        if (unfit == TrialDraws) throw NoWindow();
        return (double)unfit / TrialDraws;
    }

    private DataException NoWindow() => new(
        $"No window of {shortest:N0} to {longest:N0} bases with at most {maxN:P0} ambiguous ones was found at random; raise 'maxN' or use "
            + "'how: tiles'.");

    /// <summary>A region without the runs of ambiguous bases that no window may touch more than at its rim.</summary>
    private IEnumerable<Region> Stretches(Region region)
    {
        var start = region.Start;
        if (region.Record.Ambiguity is { } map && maxN < 1)
            for (var run = map.FirstEndingAfter(start); run < map.Runs && map[run].Start < region.End; run++)
            {
                if (map[run].End - map[run].Start < longest) continue;
                if (map[run].Start - start >= shortest) yield return region with { Start = start, End = map[run].Start };
                start = Math.Min(map[run].End, region.End);
            }
        if (region.End - start >= shortest) yield return region with { Start = start };
    }
}
