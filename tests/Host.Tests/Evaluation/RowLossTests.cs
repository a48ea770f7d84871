using PluginHost.Host.Batches;
using PluginHost.Host.Scoring;
using PluginHost.Host.Tests.Models;

namespace PluginHost.Host.Tests.Evaluation;

/// <summary>What token objectives say of single sequences is what they say of all.</summary>
public sealed class RowLossTests
{
    [Theory]
    [InlineData("dnabert")]
    [InlineData("dnagpt")]
    [InlineData("dnazen")]
    [InlineData("enbed")]
    public void The_mean_over_all_sequences_is_the_total_figure(string family)
    {
        var loaded = TinyModel.Make(family);
        int[] lengths = [30, 12, 24, 30, 9, 18];
        var job = new ScoringJob
        {
            Model = loaded.Model, Compute = loaded.Compute,
            Batches = new() { Source = new FakeSource(lengths), Seed = 3, Mode = CollateMode.Evaluate, Recipe = loaded.Recipe },
        };
        var result = Evaluator.Run(job, RealMetrics.Of("loss", "perplexity"), keepPredictions: true, null, CancellationToken.None);

        Assert.Equal(lengths.Select((_, i) => $"s{i}"), result.Sequences.Select(r => r.Id));
        Assert.Same(result.Sequences, result.Rows);
        var terms = result.Sequences.Select(r => r.Losses.First(l => l.Weight != 0)).ToList();
        Assert.Equal(result.Metrics["loss"], terms.Sum(t => t.Sum) / terms.Sum(t => t.Count), 1e-9);

        using var text = new StringWriter();
        PredictionRow.Write(text, result.Rows, []);
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.StartsWith("id\tloss\ttokens\tperplexity", lines[0]);
        var cells = lines.Skip(1).Select(l => l.Split('\t')).Where(c => c[2] != "0").ToList();
        double Number(string[] c, int i) => double.Parse(c[i], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(result.Metrics["loss"], cells.Sum(c => Number(c, 1) * Number(c, 2)) / cells.Sum(c => Number(c, 2)), 1e-9);
        Assert.All(cells, c => Assert.Equal(Math.Exp(Number(c, 1)), Number(c, 3), 1e-6));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_told_with_the_first_sequence_and_their_name()
    {
        var loaded = TinyModel.Make("dnabert");
        var (name, weight) = loaded.Model.State().First(s => s.Name.EndsWith("LayerNorm.weight", StringComparison.Ordinal));
        using (TorchSharp.torch.no_grad()) weight.fill_(float.NaN);
        var job = new ScoringJob
        {
            Model = loaded.Model, Compute = loaded.Compute,
            Batches = new()
            {
                Source = new FakeSource([30, 12]), Seed = 3, Mode = CollateMode.Evaluate, Recipe = loaded.Recipe,
            },
        };
        var result = Evaluator.Run(job, RealMetrics.Of("loss"), keepPredictions: true, null, CancellationToken.None);
        Assert.Contains("2 rows with values that are not finite", result.NotFinite.Sentence(loaded.Model));
        Assert.Contains($"the model's weight '{name}' is not finite", result.NotFinite.Sentence(loaded.Model));
        Assert.Null(new NotFinite().Sentence(loaded.Model));
    }
}
