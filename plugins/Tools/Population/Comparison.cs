using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Plugins.Population.Components;
using PluginHost.Plugins.Population.Distances;
using PluginHost.Plugins.Population.Frequencies;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Linkage;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population;

/// <summary>All that is computed of real and artificial haplotypes.</summary>
/// <param name="options">Validated.</param>
/// <param name="real">What is compared with.</param>
/// <param name="sets">What is compared.</param>
/// <param name="training">What generators were trained on; the real set itself where nothing else is given.</param>
/// <param name="sites">Where the SNPs are; null where that is not known.</param>
internal sealed class Comparison(CompareOptions options, HaplotypeSet real, IReadOnlyList<HaplotypeSet> sets, HaplotypeSet training,
    IReadOnlyList<HaplotypeSite>? sites)
{
    private readonly List<Figure> figures = [];

    /// <summary>All figures, set by set.</summary>
    public IReadOnlyList<Figure> Figures =>
        [.. figures.OrderBy(f => f.Set == real.Name ? -1 : sets.ToList().FindIndex(s => s.Name == f.Set))];

    /// <summary>The real set first.</summary>
    public IReadOnlyList<HaplotypeSet> All { get; } = [real, .. sets];

    /// <summary>Where linkage is summed.</summary>
    public LinkageScan Linkage { get; } = new(real, sets, sites);

    /// <summary>Over all pairs of SNPs.</summary>
    public LinkageSums LinkageTotal { get; private set; } = null!;

    /// <summary>Rows of the map.</summary>
    public LinkageSums[] LinkageMap { get; private set; } = [];

    /// <summary>Axes of the components.</summary>
    public Axes Axes { get; private set; } = null!;

    /// <summary>Haplotypes on them: axes set (the real one first), component, haplotype.</summary>
    public List<double[][]> Laid { get; } = [];

    /// <summary>Ordered pairs by distance: within each set (the real one first).</summary>
    public List<long[]> Within { get; } = [];

    /// <summary>From each artificial set to the real one.</summary>
    public List<long[]> Between { get; } = [];

    /// <summary>The distance of each haplotype to the nearest of the training set: axes set (the real one first), haplotype.</summary>
    public List<int[]> Nearest { get; } = [];

    /// <summary>Computes it.</summary>
    public void Run(Action<string, long, long?> progress, CancellationToken cancellation)
    {
        Resamples[] draws = [.. All.Select((s, n) => Resamples.Draw(s.Count, options.Bootstrap, options.Seed, (ulong)n))];
        int[][][] ones = [.. All.Select((s, n) => draws[n].Weigh(s.Sites))];
        var frequencies = new FrequencyFigures(real, options.Rare);
        for (var s = 1; s < All.Count; s++) figures.AddRange(frequencies.Of(All[s], ones[0], ones[s]));
        Lay(draws, cancellation);
        (LinkageTotal, LinkageMap) = Linkage.Run(progress, cancellation);
        var linkage = new LinkageDraws(real, draws[0], ones[0], options.Seed);
        for (var s = 1; s < All.Count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            figures.AddRange(LinkageFigures.Of(All[s], LinkageTotal.Pairs[s - 1], linkage.Compare(All[s], draws[s], ones[s])));
        }
        Measure(draws, progress, cancellation);
    }

    private void Lay(Resamples[] draws, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (haplotypes, turned) = (real.Haplotypes, real.Sites);
        if (options.ComponentsOf == ComponentsOf.All)
        {
            haplotypes = BitMatrix.Of([.. All.SelectMany(s => Enumerable.Range(0, s.Count).Select(r => s.Haplotypes.Row(r).ToArray()))],
                real.Width);
            turned = haplotypes.Transposed();
        }
        Axes = Axes.Of(haplotypes, turned, options.Components);
        foreach (var set in All) Laid.Add(Axes.Lay(set.Haplotypes));
        for (var s = 1; s < All.Count; s++)
            figures.AddRange(ComponentFigures.Of(All[s].Name, Laid[s], draws[s], Laid[0], draws[0]));
    }

    private void Measure(Resamples[] draws, Action<string, long, long?> progress, CancellationToken cancellation)
    {
        var cache = new DistanceCache(progress, cancellation);
        for (var s = 1; s < All.Count; s++)
        {
            var set = All[s];
            var size = new[] { real.Count, training.Count, set.Count }.Min();
            Adversarial(AdversarialAccuracy.Of(cache, real, set, size), set, draws[0], draws[s]);
            if (training != real) Loss(cache, set, size, draws, s);
            var among = cache.Any(real, real);
            var realDraws = DistanceDraws.Within(among, draws[0]);
            var distances = new DistanceFigures(among, realDraws);
            var privacy = new PrivacyFigures(cache, training, real, draws[0]);
            if (s == 1)
            {
                figures.Add(distances.Real);
                figures.AddRange(privacy.Real());
                Within.Add(among.All);
                Nearest.Add(privacy.RealNearest);
            }
            var (own, there, back) = (cache.Any(set, set), cache.Any(set, real), cache.Any(real, set));
            figures.AddRange(distances.Of("within", own, DistanceDraws.Within(own, draws[s])));
            figures.AddRange(distances.Of("between", there, DistanceDraws.Between(there, draws[s], back, draws[0])));
            figures.AddRange(privacy.Of(set, draws[s]));
            Within.Add(own.All);
            Between.Add(there.All);
            Nearest.Add(cache.Any(set, training).NearestOfAll);
            cache.Forget(set);
        }
    }

    private void Adversarial(AdversarialAccuracy accuracy, HaplotypeSet set, Resamples realDraws, Resamples setDraws)
    {
        var drawn = accuracy.Draws(realDraws, setDraws).ToList();
        figures.Add(Figure.Drawn(set.Name, "adversarial_accuracy", accuracy.Value, drawn.Select(d => d.Value), set.Count, 0, 1));
        figures.Add(Figure.Drawn(set.Name, "adversarial_accuracy_truth", accuracy.Truth, drawn.Select(d => d.Truth), set.Count, 0, 1));
        figures.Add(Figure.Drawn(set.Name, "adversarial_accuracy_synthetic", accuracy.Synthetic, drawn.Select(d => d.Synthetic), set.Count,
            0, 1));
    }

    /// <summary>How much nearer a set is to what its generator was trained on than to real haplotypes that it has not seen.</summary>
    private void Loss(DistanceCache cache, HaplotypeSet set, int size, Resamples[] draws, int number)
    {
        var trained = Resamples.Draw(training.Count, options.Bootstrap, options.Seed, 0x7A);
        var (unseen, seen) = (AdversarialAccuracy.Of(cache, real, set, size), AdversarialAccuracy.Of(cache, training, set, size));
        var drawn = unseen.Draws(draws[0], draws[number]).Zip(seen.Draws(trained, draws[number])).ToList();
        figures.Add(Figure.Drawn(set.Name, "adversarial_accuracy_training", seen.Value, drawn.Select(d => d.Second.Value), set.Count,
            0, 1));
        figures.Add(Figure.Drawn(set.Name, "privacy_loss", unseen.Value - seen.Value, drawn.Select(d => d.First.Value - d.Second.Value),
            set.Count));
    }
}
