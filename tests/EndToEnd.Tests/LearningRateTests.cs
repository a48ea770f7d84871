using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A finetune stage that is trained at several learning rates, through the real host.</summary>
public sealed class LearningRateTests : IDisposable
{
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    private static IEnumerable<string> Classes(string table)
    {
        var rows = File.ReadLines(table).Select(l => l.Split('\t')).ToList();
        var column = Array.IndexOf(rows[0], "predicted");
        Assert.True(column >= 0, string.Join(", ", rows[0]));
        return rows.Skip(1).Select(r => r[column]);
    }

    private string Pipeline(string extra, Func<string, string>? change = null) => here.Pipeline(2, text => (change?.Invoke(text) ?? text)
        .Replace("compareWithScratch: true", $"compareWithScratch: true\n      {extra}"));

    [Fact]
    public void Both_models_are_tried_at_each_and_a_resumed_run_uses_what_is_done()
    {
        var pipeline = Pipeline("learningRates: [ 1.0e-6, 2.0e-2 ]");
        here.Run("run", "--pipeline", pipeline, "--output", "out", "--device", "cpu")
            .Expect(0, "finetune: Learning rate ", "finetune-from-random-weights: Learning rate ", "was best on dev, of (mcc): 1E-06 ");
        foreach (var name in new[] { "finetune", "finetune-from-random-weights" })
        {
            var stage = JsonNode.Parse(File.ReadAllText(here.Path("out", "stages", $"{name}.json")))!;
            Assert.Matches("^rate-(1E-06|0.02)/step-00000000[012]$", (string)stage["checkpoint"]!);
            Assert.Contains("was best on dev", stage["notes"]!.ToJsonString());
        }

        var test = File.ReadAllText(here.Path("out", "predictions", "evaluate.tsv"));
        File.Delete(here.Path("out", "summary.json"));
        here.Run("run", "--resume", "out").Expect(0, "finetune: done before; going on with its weights.");
        Assert.Equal(test, File.ReadAllText(here.Path("out", "predictions", "evaluate.tsv")));

        // The model folder holds the weights of the best rate: it predicts what the run did.
        here.Run("predict", "out", "test.csv", "--device", "cpu", "--output", "again.tsv").Expect(0);
        Assert.Equal(Classes(here.Path("out", "predictions", "evaluate.tsv")), Classes(here.Path("again.tsv")));
    }

    [Theory]
    [InlineData("learningRates: [ 1.0e-3, 1.0e-3 ]", "names a rate twice")]
    [InlineData("learningRates: [ 0, 1.0e-3 ]", "must be above 0 and at most 10")]
    [InlineData("learningRates: [ 1.0e-3, 2.0e-3 ]\n      scratchLearningRate: 1.0e-3", "leave 'scratchLearningRate' out")]
    public void Rates_that_make_no_choice_are_refused(string extra, string message)
    {
        here.Run("run", "--pipeline", Pipeline(extra), "--output", "out", "--device", "cpu").Expect(2, message);
        Assert.False(Directory.Exists(here.Path("out")));
    }

    [Fact]
    public void Without_a_dev_split_there_is_nothing_to_choose_by()
    {
        var pipeline = Pipeline("learningRates: [ 1.0e-3, 2.0e-3 ]", text => text.Replace(" dev: dev.csv,", ""));
        here.Run("run", "--pipeline", pipeline, "--output", "out", "--device", "cpu")
            .Expect(2, "learningRates are compared on dev, and the data has no dev split");
    }
}
