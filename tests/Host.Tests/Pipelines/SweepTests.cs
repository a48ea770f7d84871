using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class SweepTests
{
    private static IReadOnlyList<Variant> Read(string sweep, params string[] overrides)
    {
        using var file = new PipelineFile(PipelineFile.Small + "\n" + sweep);
        return file.ReadVariants(overrides);
    }

    [Fact]
    public void Every_combination_is_run_repetitions_changing_fastest()
    {
        var runs = Read("""
            variants: { deep: { architecture.layers: 20 }, flat: }
            grid: { stages.finetune.train.learningRate: [1.0e-3, 0.01], tokenizer.k: [3, 4] }
            seeds: [1, 2]
            folds: 3
            subsets: [10, 100]
            """);

        Assert.Equal(2 * 2 * 2 * 2 * 2 * 3, runs.Count);
        Assert.Equal(runs.Count, runs.Select(r => r.Name).Distinct().Count());
        Assert.Equal("deep_learningRate-1.0e-3_k-3_subset-10_seed-1_fold-1", runs[0].Name);
        Assert.Equal("deep_learningRate-1.0e-3_k-3_subset-10_seed-1_fold-2", runs[1].Name);
        Assert.Equal("deep, learningRate 1.0e-3, k 3, 10 % of the labels, seed 1, fold 1", string.Join(", ", runs[0].Factors));
        Assert.Equal([20, 12],
            new[] { runs[0], runs[^1] }.Select(r => Convert.ToInt32(r.Pipeline.Architecture.With.GetValueOrDefault("layers") ?? 12)));
        Assert.Equal((0.01, 2UL), (runs[^1].Pipeline.Stages[1].Train.LearningRate, runs[^1].Pipeline.Seed));
    }

    [Fact]
    public void Folds_and_subsets_stand_around_the_data_of_finetune_stages_alone()
    {
        var run = Read("folds: 10\nsubsets: [30]")[^1].Pipeline;
        using var again = new PipelineFile(run.ResolvedYaml);

        foreach (var pipeline in new[] { run, again.Read() })
        {
            Assert.Equal("file", pipeline.Stages[0].Data!.Use);
            Assert.Null(pipeline.Stages[2].Data);
            // The share is cut from what a fold trains on.
            Assert.Equal("subset", pipeline.Stages[1].Data!.Use);
            Assert.Equal("fold", ((IReadOnlyDictionary<string, object?>)pipeline.Stages[1].Data!.With["data"]!)["use"]);
        }
        Assert.Contains("fold: 10", run.ResolvedYaml);
        Assert.Contains("percent: 30", run.ResolvedYaml);
        Assert.Contains("path: b.csv", run.ResolvedYaml);
        Assert.DoesNotContain("folds: 10\nsubsets", run.ResolvedYaml);
    }

    [Fact]
    public void Two_folds_have_no_dev_fold() => Assert.Contains("dev: false", Read("folds: 2")[0].Pipeline.ResolvedYaml);

    [Fact]
    public void Overrides_may_set_the_sweep()
    {
        Assert.Equal(["seed-4", "seed-5"], Read("seeds: [1, 2, 3]", "seeds=[4, 5]").Select(r => r.Name));
        Assert.Equal(["seed-7"], Read("", "seeds=[7]").Select(r => r.Name));
        Assert.Empty(Read("seeds: [1, 2]", "seeds="));
    }

    [Fact]
    public void Values_that_cannot_name_a_folder_are_counted()
    {
        var runs = Read("grid: { tokenizer: [{ use: words, k: 3 }, { use: words, k: 4 }], stages.pretrain.train.steps: [1, 2], "
            + "stages.finetune.train.steps: [1] }");

        Assert.Equal(["tokenizer-1_stages.pretrain.train.steps-1_stages.finetune.train.steps-1",
            "tokenizer-1_stages.pretrain.train.steps-2_stages.finetune.train.steps-1"], runs.Take(2).Select(r => r.Name));
        Assert.Equal("{ use: words, k: 3 }", runs[0].Factors[0].Value);
    }

    [Fact]
    public void Grid_values_do_not_leak_from_run_to_run()
    {
        var runs = Read("grid: { tokenizer: [{ use: words, k: 3 }], tokenizer.k: [4, 5] }");

        Assert.Equal([4L, 5L], runs.Select(r => Convert.ToInt64(r.Pipeline.Tokenizer.With["k"])));
    }

    [Theory]
    [InlineData("grid: [a]", "must be a map of dotted paths to lists of values")]
    [InlineData("grid: { tokenizer.k: 3 }", "must be a list of the values to try, but is '3'")]
    [InlineData("grid: { tokenizer.k: [] }", "must be a list of the values to try")]
    [InlineData("grid: { tokenizer.k: [99] }", "must be 1 to 8")]
    [InlineData("seeds: [1, 1]", "must be a list of different whole numbers")]
    [InlineData("seeds: [-1]", "seeds")]
    [InlineData("folds: 1", "must be 2 to 1,000")]
    [InlineData("subsets: [0, 10]", "must be a list of different shares in per cent")]
    [InlineData("subsets: [10, 101]", "must be a list of different shares in per cent")]
    [InlineData("seeds: [1]\nfold: 3", "unknown key 'fold'")]
    public void It_is_strict(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Read(yaml)).Message);

    [Fact]
    public void Folds_without_a_finetune_stage_say_so()
    {
        using var file = new PipelineFile("name: p\ntokenizer: words\narchitecture: net\nstages:\n  - pretrain: { data: { use: file, path: "
            + "a.fa }, objective: guess }\nfolds: 5");

        Assert.Contains("folds divide the labelled data of finetune stages",
            Assert.Throws<UsageException>(() => file.ReadVariants()).Message);
    }

    [Theory]
    [InlineData("tune: lora", "needs 'lora: { targets: [...] }'")]
    [InlineData("lora: { targets: [a] }", "only goes with 'tune: lora'")]
    [InlineData("tune: lora, lora: { rank: 4 }", "targets")]
    [InlineData("unfreezeEvery: 1", "only goes with 'tune: gradual'")]
    [InlineData("layerDecay: 0", "must be 0.01 to 1")]
    public void Ways_of_training_are_checked(string train, string message)
    {
        using var file = new PipelineFile(PipelineFile.Small.Replace("{ steps: 5 }", $"{{ steps: 5, {train} }}"));

        Assert.Contains(message, file.Complaint());
    }

    [Fact]
    public void A_resolved_pipeline_keeps_the_adapters()
    {
        using var file =
            new PipelineFile(PipelineFile.Small.Replace("{ steps: 5 }", "{ steps: 5, tune: lora, lora: { targets: [a, b], rank: 4 } }"));
        using var again = new PipelineFile(file.Read().ResolvedYaml);

        Assert.Equal((4, 32.0), (again.Read().Stages[0].Train.Lora!.Rank, again.Read().Stages[0].Train.Lora!.Alpha));
        Assert.Equal(["a", "b"], again.Read().Stages[0].Train.Lora!.Targets);
    }
}
