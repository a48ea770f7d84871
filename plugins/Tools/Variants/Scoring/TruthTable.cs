using MathNet.Numerics.Statistics;
using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>Holds scores against what was measured.</summary>
/// <param name="columns">The scores.</param>
internal sealed class TruthTable(IReadOnlyList<ScoreColumn> columns)
{
    private const int Resamples = 1000;
    private const int Fewest = 3;
    private readonly List<double> truth = [];
    private readonly List<double[]> rows = [];

    /// <summary>Takes the alleles of a line that were scored and measured.</summary>
    public void Add(VariantLine line, WindowPair?[] pairs, double[]?[] scores)
    {
        for (var a = 0; a < scores.Length; a++)
        {
            if (scores[a] is not { } row || !double.IsFinite(line.Truth[a])) continue;
            truth.Add(line.Truth[a]);
            rows.Add([.. row, pairs[a]!.Alternative.Length - pairs[a]!.Reference.Length]);
        }
    }

    /// <summary>
    /// Pearson and Spearman, or where the truth is 0 and 1 AUROC and average precision, each with a 95 % bootstrap interval.
    /// </summary>
    public ResultTable Compare(CancellationToken cancellation)
    {
        var binary = truth.Count > 0 && truth.TrueForAll(t => t is 0 or 1);
        string[] figures = binary ? ["auroc", "auprc"] : ["pearson", "spearman"];
        var table = new ResultTable($"{truth.Count:N0} measured alleles", ["score", .. figures.SelectMany(f => (string[])[f, "95 %"])]);
        if (truth.Count < Fewest) table.Notes.Add("Too few alleles have a number in the column of --truth.");
        else
        {
            for (var c = 0; c < columns.Count; c++) Add(table, columns[c].Name, c, binary, cancellation);
            Add(table, "without a model: bases gained", columns.Count, binary, cancellation);
        }
        return table;
    }

    private void Add(ResultTable table, string name, int column, bool binary, CancellationToken cancellation)
    {
        double[] Figures(int[] places)
        {
            double[] known = [.. places.Select(p => truth[p])], score = [.. places.Select(p => rows[p][column])];
            if (!binary) return [Correlation.Pearson(known, score), Correlation.Spearman(known, score)];
            float[] scores = [.. score.Select(s => (float)s)];
            bool[] positive = [.. known.Select(k => k == 1)];
            return [Ranking.AreaUnderRoc(scores, positive), Ranking.AveragePrecision(scores, positive)];
        }
        var results = PairedBootstrap.Run(truth.Count, Figures, Resamples, seed: 1, cancellation: cancellation);
        table.Add([name, .. results.SelectMany(r => (string[])[$"{r.Difference:0.000}", $"{r.Low:0.000} to {r.High:0.000}"])]);
    }
}
