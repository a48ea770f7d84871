using System.Globalization;

namespace PluginHost.Host.Tests.Models;

/// <summary>The mutations tool on a small model of its own.</summary>
public sealed class MutationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-mutations-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run("mutations", folder, [("input", "in.fa"), .. options]);

    [Theory]
    [InlineData("enbed-seq2seq")]
    [InlineData("dnagpt-seq2seq")]
    public void Candidates_are_what_the_beams_find_and_their_probability_is_that_of_a_whole_pass(string family)
    {
        var model = TinyModel.Make(family);
        var parents = TinyModel.Sequences(9, 12);
        var rows = ToolBench.Rows(Run(new ToolBench(model, parents), ("beams", 3L)), "candidates.tsv");
        Assert.Equal(["s0", "s1"], rows.Select(r => r[0]).Distinct());
        Assert.All(rows.GroupBy(r => r[0]), of =>
        {
            Assert.InRange(of.Count(), 1, 3);
            var log = of.Select(r => double.Parse(r[2], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(log.OrderDescending(), log);
        });
        foreach (var row in rows.Where(r => r[5] == "yes" && r[8].Length > 0))
        {
            var parent = parents.Single(p => p.Id == row[0]).Sequence;
            // Teacher forcing over the candidate as the target, of which token languages may write the same bases in one way only.
            var sample = new Sample("pair", parent) { Fields = new Dictionary<string, object> { ["target"] = row[8] } };
            using var batch = model.Objective.Collate([sample],
                new CollateContext(model.Tokenizer, 120, CollateMode.Evaluate, new SeededRandom(0)));
            var scored = model.Objective.Score(model.Predict(model.Forward(batch), batch), batch);
            var whole = -scored.Losses.Single(l => l.Name == "seq2seq").Sum;
            if (family.StartsWith("enbed", StringComparison.Ordinal))
                Assert.Equal(whole, double.Parse(row[2], CultureInfo.InvariantCulture), 2e-3);
            else Assert.True(whole <= double.Parse(row[2], CultureInfo.InvariantCulture) + 2e-3);
        }
    }

    [Theory]
    [InlineData("enbed-seq2seq")]
    [InlineData("dnagpt-seq2seq")]
    public void Children_may_be_held_to_the_length_of_their_parents(string family)
    {
        var parents = TinyModel.Sequences(9, 13);
        var bench = new ToolBench(TinyModel.Make(family), parents);
        var rows = ToolBench.Rows(Run(bench, ("beams", 3L), ("sameLength", true)), "candidates.tsv");
        Assert.All(rows, r => Assert.Equal(parents.Single(p => p.Id == r[0]).Sequence.Length, r[8].Length));
        Assert.Equal(6, rows.Count);
    }

    [Fact]
    public void True_children_are_compared_with_beside_copying()
    {
        var model = TinyModel.Make("enbed-seq2seq");
        var parents = TinyModel.Sequences(9, 12);
        var truth = Path.Combine(folder, "truth.csv");
        var other = parents[0].Sequence[..^1] + (parents[0].Sequence[^1] == 'A' ? 'C' : 'A');
        File.WriteAllText(truth, $"parent,child\n{parents[0].Sequence},{other}\n{parents[1].Sequence},{parents[1].Sequence}\n");
        var output = Run(new ToolBench(model, parents), ("truth", truth), ("train", truth), ("beams", 2L), ("frame", 1L));
        var metrics = ToolBench.Rows(output, "metrics.tsv");
        double Of(string pairs, string predictor, string figure) => double.Parse(
            metrics.Single(m => m[0] == pairs && m[2] == predictor && m[3] == figure)[4], CultureInfo.InvariantCulture);
        Assert.Equal((0.5, 0, 1), (Of("all pairs", "copy of the parent", "top-1"), Of("changed pairs", "copy of the parent", "top-1"),
            Of("unchanged pairs", "copy of the parent", "top-1")));
        Assert.Equal(1, Of("changed pairs", "training's mutations", "top-1"));
        Assert.Equal(0.5, Of("all pairs", "copy of the parent", "mean LD"));
        Assert.True(File.Exists(Path.Combine(output, "report.html")) && File.Exists(Path.Combine(output, "rates.svg")));
    }

    [Fact]
    public void What_it_cannot_serve_is_said_and_nothing_is_written()
    {
        var bench = new ToolBench(TinyModel.Make("dnabert"), TinyModel.Sequences(9));
        Assert.Contains("needs a model of the objective seq2seq", Assert.Throws<UsageException>(() => Run(bench)).Message);
        var truth = Path.Combine(folder, "truth.csv");
        File.WriteAllText(truth, "parent,child\nACGTACGTA,ACGTACGTA\n");
        var good = new ToolBench(TinyModel.Make("enbed-seq2seq"), TinyModel.Sequences(9));
        Assert.Contains("none of its 1 parents is a sequence of", Assert.Throws<DataException>(() => Run(good, ("truth", truth))).Message);
        File.Delete(truth);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }
}
