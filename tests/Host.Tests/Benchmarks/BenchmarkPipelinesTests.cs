using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Pipelines;

namespace PluginHost.Host.Tests.Benchmarks;

public sealed class BenchmarkPipelinesTests
{
    private static readonly ComponentSpec data = new("file", new Dictionary<string, object?> { ["path"] = "/data/train.csv" });

    private static BenchmarkPipelines Of(PipelineFile file, params string[] overrides)
    {
        var factory = FakeCatalog.Factory();
        return new(new PipelineReader(factory), factory, new("m", file.Path, null), overrides);
    }

    [Fact]
    public void Pretraining_is_taken_out_and_done_once()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var pipelines = Of(file, "seed=9");

        var pretraining = pipelines.Pretraining()!;
        var tuning = pipelines.FineTuning("m-a", data, [], [("test", null)], "mcc", 3, "/models/m");

        Assert.Equal(("m-pretraining", 9UL, StageKind.Pretrain),
            (pretraining.Name, pretraining.Seed, Assert.Single(pretraining.Stages).Kind));
        Assert.Equal(("m-a", 3UL, "/models/m"), (tuning.Name, tuning.Seed, tuning.Start));
        Assert.Equal([StageKind.Finetune, StageKind.Evaluate], tuning.Stages.Select(s => s.Kind));
        Assert.Equal("/data/train.csv", tuning.Stages[0].Data!.With["path"]);
        Assert.Null(tuning.Stages[1].Data);
        Assert.Equal([9UL], pipelines.Seeds());
    }

    [Fact]
    public void Pretraining_on_a_data_sets_own_sequences_is_done_for_each()
    {
        using var file = new PipelineFile(PipelineFile.Small.Replace("  - finetune:", """
              - pretrain: { name: task, data: { of: finetune }, objective: guess }
              - finetune:
            """));
        var pipelines = Of(file);

        Assert.Equal("pretrain", Assert.Single(pipelines.Pretraining()!.Stages).Name);
        var tuning = pipelines.FineTuning("m-a", data, [], [("test", null)], "mcc", 3, "/models/m");
        Assert.Equal(["task", "finetune", "test"], tuning.Stages.Select(s => s.Name));
        Assert.Equal("/data/train.csv", tuning.Stages[0].Data!.With["path"]);
    }

    [Fact]
    public void The_suites_metric_is_among_those_computed_and_each_test_set_has_a_stage()
    {
        using var file = new PipelineFile(PipelineFile.Small.Replace("[mcc, { use: f1 }]", "[{ use: f1 }]"));
        var tuning = Of(file).FineTuning("m-a", data, [], [("man", data), ("fly", data)], "mcc", 3, null);

        Assert.Equal([StageKind.Pretrain, StageKind.Finetune, StageKind.Evaluate, StageKind.Evaluate], tuning.Stages.Select(s => s.Kind));
        Assert.Equal(["man", "fly"], tuning.Stages.Skip(2).Select(s => s.Name));
        Assert.Equal(["mcc", "f1"], tuning.Stages[3].Metrics.Select(m => m.Use));
        Assert.NotNull(tuning.Stages[3].Data);
    }

    [Fact]
    public void Variants_of_a_pipeline_are_left_aside()
    {
        using var file = new PipelineFile(PipelineFile.Small + "\nvariants:\n  x: { seed: 4 }\n");

        Assert.Equal(2UL, Of(file).FineTuning("m-a", data, [], [("test", null)], null, 2, null).Seed);
    }

    [Fact]
    public void A_pipeline_without_fine_tuning_is_refused()
    {
        using var file = new PipelineFile(PipelineFile.Small.Replace("finetune:", "pretrain:")
            .Replace("objective: { use: guess, rate: 0.5 }", "name: again\n      objective: guess"));

        Assert.Contains("has no finetune stage",
            Assert.Throws<UsageException>(() => Of(file).FineTuning("m-a", data, [], [("test", null)], null, 2, null)).Message);
    }

    [Theory]
    [InlineData("1bad name=p.yaml", "cannot name a folder")]
    [InlineData("none.yaml", "there is no file or folder 'none.yaml'")]
    public void Models_are_files_or_folders(string given, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<UsageException>(() => BenchmarkModel.ReadAll([given], null)).Message);

    [Fact]
    public void Models_have_names_of_their_own()
    {
        using var file = new PipelineFile(PipelineFile.Small);

        Assert.Equal([("p", file.Path), ("q", file.Path)],
            BenchmarkModel.ReadAll([file.Path, "q=" + file.Path], null).Select(m => (m.Name, m.Pipeline)));
        Assert.Contains("Two models are called 'p'",
            Assert.Throws<UsageException>(() => BenchmarkModel.ReadAll([file.Path, file.Path], null)).Message);
        Assert.Contains("name the pipeline it is fine-tuned by",
            Assert.Throws<UsageException>(() => BenchmarkModel.ReadAll([file.Folder], null)).Message);
    }
}
