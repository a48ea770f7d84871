using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>
/// Nearest-neighbour adversarial accuracy (Yale et al. 2020; of haplotypes Yelmen et al. 2021): how often a haplotype has its nearest
/// neighbour in its own set. 0.5 where two sets are alike, 1 where they are apart, 0 where one copies the other.
/// </summary>
/// <remarks>
/// Both sets must have the same size, for more haplotypes are nearer: of the larger as many samples as it has of that size take turns.
/// Distances are whole numbers: a tie counts one half, so that 0.5 is what two samples of one population have.
/// </remarks>
internal sealed class AdversarialAccuracy
{
    private readonly double[] truth, synthetic;

    private AdversarialAccuracy(double[] truth, double[] synthetic) => (this.truth, this.synthetic) = (truth, synthetic);

    /// <summary>The share of real haplotypes whose nearest neighbour is real.</summary>
    public double Truth => Mean(truth, []);

    /// <summary>The share of artificial haplotypes whose nearest neighbour is artificial.</summary>
    public double Synthetic => Mean(synthetic, []);

    /// <summary>Their mean.</summary>
    public double Value => (Truth + Synthetic) / 2;

    /// <summary>Compares two sets.</summary>
    /// <param name="cache">Of distances.</param>
    /// <param name="real">The one.</param>
    /// <param name="artificial">The other.</param>
    /// <param name="size">Of samples: that of the smaller set, or less.</param>
    public static AdversarialAccuracy Of(DistanceCache cache, HaplotypeSet real, HaplotypeSet artificial, int size) => new(
        Scores(cache.Of(real, real, size), cache.Of(real, artificial, size)),
        Scores(cache.Of(artificial, artificial, size), cache.Of(artificial, real, size)));

    /// <summary>The three figures by draw: haplotypes counted again, their neighbours as they are.</summary>
    /// <param name="ofReal">Draws of the real ones.</param>
    /// <param name="ofArtificial">As many of the artificial ones.</param>
    public IEnumerable<(double Truth, double Synthetic, double Value)> Draws(Resamples ofReal, Resamples ofArtificial) =>
        ofReal.Weights.Zip(ofArtificial.Weights, (r, a) =>
        {
            var (t, s) = (Mean(truth, r), Mean(synthetic, a));
            return (t, s, (t + s) / 2);
        });

    /// <summary>Of each haplotype how often the nearest is of its own set; NaN for those in no sample.</summary>
    private static double[] Scores(DistanceCounts own, DistanceCounts other)
    {
        var scores = new double[own.From.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var mine = own.ChunkOf(i);
            scores[i] = mine >= own.Chunks ? double.NaN : other.Nearest[i].Take(other.Chunks).Average(theirs =>
                theirs > own.Nearest[i][mine] ? 1 : theirs == own.Nearest[i][mine] ? 0.5 : 0);
        }
        return scores;
    }

    private static double Mean(double[] scores, byte[] weights)
    {
        var (sum, count) = (0.0, 0L);
        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) continue;
            var weight = weights.Length == 0 ? 1 : weights[i];
            sum += weight * scores[i];
            count += weight;
        }
        return sum / count;
    }
}
