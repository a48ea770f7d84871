using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary>Pretraining on the sequences of a stage that comes after it.</summary>
public sealed class SequencesOfTests
{
    private static readonly string adapting = PipelineFile.Small.Replace("  - finetune:", """
          - pretrain:
              name: task
              data: { of: finetune }
              objective: guess
          - finetune:
        """);

    [Fact]
    public void The_data_is_that_of_the_stage_named_and_stands_so_in_the_resolved_pipeline()
    {
        using var file = new PipelineFile(adapting);
        var pipeline = file.Read("stages.finetune.data.path=c.csv");
        using var again = new PipelineFile(pipeline.ResolvedYaml);
        foreach (var read in new[] { pipeline, again.Read() })
        {
            Assert.Equal("task", read.Stages[1].Name);
            Assert.Equal(("file", "c.csv"), (read.Stages[1].Data!.Use, read.Stages[1].Data!.With["path"]));
        }
        Assert.DoesNotContain("of:", pipeline.ResolvedYaml);
    }

    [Fact]
    public void Shares_cut_labels_and_no_sequences_and_folds_cut_both()
    {
        using var file = new PipelineFile(adapting + "\nfolds: 5\nsubsets: [ 3, 10 ]");
        var runs = file.ReadVariants();
        Assert.Equal(10, runs.Count);
        foreach (var run in runs)
        {
            var (task, tuned) = (run.Pipeline.Stages[1].Data!, run.Pipeline.Stages[2].Data!);
            Assert.Equal(("fold", "subset"), (task.Use, tuned.Use));
            var inner = (IReadOnlyDictionary<string, object?>)tuned.With["data"]!;
            Assert.Equal($"{inner["fold"]}", $"{task.With["fold"]}");
        }
        // Runs of one fold pretrain alike, to the letter.
        Assert.Equal(runs[0].Pipeline.Stages[1].Data!.With["fold"], runs[5].Pipeline.Stages[1].Data!.With["fold"]);
    }

    [Theory]
    [InlineData("data: { of: finetune }", "data: { of: tuning }", "no finetune stage named 'tuning' comes after it; there is finetune.")]
    [InlineData("data: { use: file, path: a.fa }", "data: { of: pretrain }", "no finetune stage named 'pretrain' comes after it")]
    public void A_stage_that_is_not_there_is_refused(string before, string after, string sentence)
    {
        using var file = new PipelineFile(adapting.Replace(before, after));
        Assert.Contains(sentence, file.Complaint());
    }
}
