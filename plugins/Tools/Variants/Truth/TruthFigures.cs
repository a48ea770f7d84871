using MathNet.Numerics.Statistics;
using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Variants.Truth;

/// <summary>A figure with its 95 % interval.</summary>
/// <param name="Name">For example <c>pearson</c>.</param>
/// <param name="Value">NaN where it is not defined.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct TruthFigure(string Name, double Value, double Low, double High);

/// <summary>How well columns of scores agree with what was measured.</summary>
/// <param name="truth">What was measured.</param>
/// <param name="positions">Alleles of each position: a resample draws positions, since alleles of one are no independent evidence.</param>
internal sealed class TruthFigures(double[] truth, IReadOnlyList<int[]> positions)
{
    // Enough of the draws for the interval, and bounded work for many alleles.
    private const long Work = 20_000_000;
    private const int Fewest = 100, Usual = 1000;

    /// <summary>Whether the truth is 0 and 1.</summary>
    public bool IsBinary { get; } = truth.All(t => t is 0 or 1);

    /// <summary>How often is drawn.</summary>
    public int Resamples { get; } = (int)Math.Clamp(Work / Math.Max(1, truth.Length), Fewest, Usual);

    /// <summary>The names of the figures.</summary>
    public IReadOnlyList<string> Names => IsBinary ? ["auroc", "auprc"] : ["pearson", "spearman", "pearson of sizes"];

    /// <summary>The figures of each column, by alleles that have a number there.</summary>
    public TruthFigure[][] Of(IReadOnlyList<double[]> columns, CancellationToken cancellation)
    {
        var results = PairedBootstrap.Run(positions.Count, drawn =>
        {
            int[] alleles = [.. drawn.SelectMany(p => positions[p])];
            return [.. columns.SelectMany(c => Figures(alleles, c))];
        }, Resamples, seed: 1, cancellation: cancellation);
        return [.. results.Chunk(Names.Count)
            .Select(r => r.Select((f, i) => new TruthFigure(Names[i], f.Difference, f.Low, f.High)).ToArray())];
    }

    private double[] Figures(int[] alleles, double[] column)
    {
        int[] known = [.. alleles.Where(a => double.IsFinite(column[a]))];
        double[] effect = [.. known.Select(a => truth[a])], score = [.. known.Select(a => column[a])];
        if (!IsBinary)
            return [Correlation.Pearson(effect, score), Correlation.Pearson(Midranks.Of<double>(effect), Midranks.Of<double>(score)),
                Correlation.Pearson(effect.Select(Math.Abs), score.Select(Math.Abs))];
        float[] scores = [.. score.Select(s => (float)s)];
        bool[] positive = [.. effect.Select(k => k == 1)];
        return [Ranking.AreaUnderRoc(scores, positive), Ranking.AveragePrecision(scores, positive)];
    }
}
