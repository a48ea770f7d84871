using System.Globalization;
using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>
/// Pretraining on a task's sequences without their labels, and figures by the share of the labels, through the real host.
/// </summary>
public sealed class LabelEfficiencyTests : IDisposable
{
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    [Fact]
    public void Shares_of_the_labels_have_a_table_and_a_picture_and_the_sequences_are_all_read()
    {
        var pipeline = here.Pipeline(2, text => text
            .Replace("architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 110 }",
                "architecture: { use: conv-encoder, layers: 1, width: 16, attentionHeads: 2, embeddingWidth: 8, positions: absolute }")
            .Replace("k: 3", "k: 1").Replace("pooling: mean", "pooling: max-parts, parts: 5")
            .Replace("  - finetune:", """
                  - pretrain:
                      name: task
                      data: { of: finetune }
                      objective: masked-lm
                      train: { precision: fp32, steps: 2, batchSize: 8, optimizer: muon }
                  - finetune:
                """)
            .Replace("compareWithScratch: true", "compareWithScratch: true\n      scratchLearningRate: 2.0e-2")
            + "\nsubsets: [ 10, 50 ]\nseeds: [ 1, 2 ]");
        var run = here.Run("run", "--pipeline", pipeline, "--output", "sweep", "--device", "cpu")
            .Expect(0, "evaluate: mcc by the share of the labels, test split", "sign test p", "10 %, mean of 2", "50 %, mean of 2");
        Assert.Contains("pretrain, task are the same as in run subset-10_seed-1", run.Error);
        Assert.Contains("<svg", File.ReadAllText(here.Path("sweep", "label-efficiency.svg")));
        Assert.Contains("by the share of the labels", File.ReadAllText(here.Path("sweep", "comparison.md")));

        // A tenth of the labels, and all sequences.
        var stages = JsonNode.Parse(File.ReadAllText(here.Path("sweep", "subset-10_seed-1", "summary.json")))!["stages"]!.AsArray();
        var notes = stages.Select(s => $"{s!["name"]}: {s["notes"]!.ToJsonString()}").ToList();
        Assert.Contains(notes, n => n.StartsWith("finetune:", StringComparison.Ordinal) && n.Contains("10 % of the training split"));
        Assert.DoesNotContain(notes, n => n.StartsWith("task:", StringComparison.Ordinal) && n.Contains("10 % of the training split"));

        // Each of the two models has its own rate.
        Assert.Equal((1e-3, 2e-2), (PeakRate("finetune"), PeakRate("finetune-from-random-weights")));
    }

    private double PeakRate(string stage) => File.ReadLines(here.Path("sweep", "subset-10_seed-1", "metrics.jsonl"))
        .Select(l => JsonNode.Parse(l)!).Where(l => (string?)l["stage"] == stage && l["learning_rate"] is not null)
        .Max(l => double.Parse(l["learning_rate"]!.ToJsonString(), CultureInfo.InvariantCulture));
}
