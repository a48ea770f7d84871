using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Variants.Truth;

/// <summary>Ridge regression of the effect on what the allele changes of the window's k-mer counts.</summary>
internal static class KMerRegression
{
    /// <summary>Bases of a word.</summary>
    public const int K = 4;

    // As shares of the rows, as RidgeRegression has them.
    private static readonly double[] penalties = [0.001, 0.01, 0.1, 1, 10];
    private const int Features = 1 << (2 * K);

    /// <summary>
    /// Of each allele, from the other blocks alone, less their mean. The penalty is the one that predicts the next block best.
    /// </summary>
    public static double[] Of(IReadOnlyList<MeasuredAllele> alleles, PositionBlocks blocks, CancellationToken cancellation)
    {
        var counts = new KMerCounts(K);
        (int[] Index, float[] Value)[] rows = [.. alleles.Select(a => Difference(counts, a))];
        return blocks.CrossValidate((others, block) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var most = (int)Math.Ceiling(others.Length / (double)TrainingRows.Most);
            int[] fitted = [.. others.Where((_, i) => i % most == 0)];
            var next = (block + 1) % blocks.Count;
            int[] rest = [.. fitted.Where(a => blocks[a] != next)], aside = [.. fitted.Where(a => blocks[a] == next)];
            var penalty = rest.Length == 0 || aside.Length == 0 ? 1.0 : penalties.MinBy(p =>
            {
                var trial = Fit(rest, p);
                return aside.Sum(a => Math.Pow(trial.Predict(rows[a])[0] - alleles[a].Effect, 2));
            });
            var mean = fitted.Average(a => alleles[a].Effect);
            var ridge = Fit(fitted, penalty);
            return allele => ridge.Predict(rows[allele])[0] - mean;
        });

        RidgeRegression Fit(int[] places, double penalty) => RidgeRegression.Fit([.. places.Select(a => rows[a])],
            Table.Of(places.Select(a => new[] { (float)alleles[a].Effect }), 1), Features, penalty * places.Length);
    }

    private static (int[] Index, float[] Value) Difference(KMerCounts counts, MeasuredAllele allele)
    {
        var change = new SortedDictionary<int, float>();
        Add(allele.AroundAlternative, 1);
        Add(allele.Around, -1);
        return ([.. change.Keys], [.. change.Values]);

        void Add(string sequence, int sign)
        {
            var (index, value) = counts.Of(new("allele", sequence));
            for (var j = 0; j < index.Length; j++) change[index[j]] = change.GetValueOrDefault(index[j]) + sign * value[j];
        }
    }
}
