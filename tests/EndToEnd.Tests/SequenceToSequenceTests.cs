using System.Globalization;
using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>Pairs along a tree, a model of them, and the mutations it expects, by the real host.</summary>
public sealed class SequenceToSequenceTests : IDisposable
{
    private const string Bytes = "{ use: byte, sentinels: 2 }";
    private const string EncoderDecoder = "{ use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, feedForward: 32, "
        + "encoderLayers: 1, decoderLayers: 1, attention: dense, globalBlocks: 0, maxTokens: 128, maxTargetTokens: 128 }";

    private const string DecoderAlone = "{ use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, feedForward: 32, "
        + "encoderLayers: 0, decoderLayers: 2, attention: dense, globalBlocks: 0, maxTokens: 128, maxTargetTokens: 128 }";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    private void Pairs()
    {
        var made = workspace.Run("data", "pairs", Repository.Sample("evolution", "leaves.fa"), "--tree",
            Repository.Sample("evolution", "tree.nwk"), "--clade-depth", "1", "--window", "31-60", "--output", "pairs");
        Assert.Equal(0, made.Code);
        Assert.Contains("that are not divided", made.Error);
    }

    [Theory]
    [InlineData(Bytes, EncoderDecoder, "seq2seq, target: child")]
    [InlineData(Bytes, DecoderAlone, "seq2seq, target: child")]
    [InlineData("{ use: token-language, k: 3 }", "{ use: numeric-gpt, layers: 1, width: 16, attentionHeads: 2, maxPositions: 64 }",
        "seq2seq, target: child, separator: '<=>', end: '<!>'")]
    public void A_model_of_pairs_is_trained_judged_by_what_it_writes_and_asked_for_mutations(
        string tokenizer, string architecture, string objective)
    {
        Pairs();
        File.WriteAllText(workspace.Path("p.yaml"), $$"""
            name: pairs
            seed: 5
            tokenizer: {{tokenizer}}
            architecture: {{architecture}}
            stages:
              - finetune:
                  data: { use: table, folder: pairs, sequence: parent, pair: child, label: none }
                  objective: { use: {{objective}}, decodeSamples: 4 }
                  train: { precision: fp32, steps: 4, batchSize: 16, evaluateEvery: 2, selectBy: edit-distance }
              - evaluate: { }
              - mutations: { input: [ pairs/test.csv ], data: [ sequence=parent, pair=child, label=none ], beams: 2, output: expected }
            """);
        var run = workspace.Run("run", "--pipeline", "p.yaml", "--output", "run");
        Assert.True(run.Code == 0, run.Error);
        var stages = JsonNode.Parse(File.ReadAllText(workspace.Path("run", "summary.json")))!["stages"]!.AsArray();
        var judged = stages.Single(s => (string)s!["kind"]! == "evaluate")!;
        Assert.InRange((double)judged["metrics"]!["exact-match"]!, 0, 1);
        Assert.True((double)judged["metrics"]!["edit-distance"]! > 0);
        // A copy differs from the child by the edits that the table of pairs tells, in the four rows that are written.
        var rows = File.ReadAllLines(workspace.Path("pairs", "test.csv")).Skip(1).Select(l => double.Parse(l.Split(',')[4])).ToList();
        Assert.Equal(Enumerable.Range(0, 4).Average(i => rows[i * rows.Count / 4]),
            (double)judged["baselines"]!["copy of the source"]!["edit-distance"]!, 9);

        var again = workspace.Run("mutations", "run", "pairs/test.csv", "--data", "sequence=parent", "--data", "pair=child", "--data",
            "label=none", "--beams", "2", "--output", "expected");
        Assert.True(again.Code == 0, again.Error);
        Assert.Contains("changed pairs", again.Output);
        var staged = Directory.GetFiles(workspace.Path("run"), "candidates.tsv", SearchOption.AllDirectories).Single();
        var (first, second) = (File.ReadAllLines(staged), File.ReadAllLines(workspace.Path("expected", "candidates.tsv")));
        Assert.Equal(first.Select(Sequence), second.Select(Sequence));
        var copying = File.ReadAllLines(workspace.Path("expected", "metrics.tsv")).Select(l => l.Split('\t'))
            .Single(c => c[0] == "unchanged pairs" && c[2] == "copy of the parent" && c[3] == "top-1");
        Assert.Equal(1, double.Parse(copying[4], CultureInfo.InvariantCulture));
    }

    private static string Sequence(string line) => line.Split('\t')[^1];

    [Fact]
    public void What_does_not_go_together_is_one_sentence()
    {
        Pairs();
        string Refused(string architecture, string objective)
        {
            File.WriteAllText(workspace.Path("p.yaml"), $$"""
                name: pairs
                tokenizer: {{Bytes}}
                architecture: {{architecture}}
                stages:
                  - finetune:
                      data: { use: table, folder: pairs, sequence: parent, pair: child, label: none }
                      objective: { use: {{objective}} }
                      train: { steps: 1 }
                """);
            var run = workspace.Run("run", "--pipeline", "p.yaml", "--output", "run");
            Assert.NotEqual(0, run.Code);
            Assert.False(Directory.Exists(workspace.Path("run", "model")));
            return run.Error;
        }
        Assert.Contains("needs an encoder-decoder or a causal architecture", Refused(
            "{ use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 64 }", "seq2seq, target: child"));
        Assert.Contains("there is no field 'daughter'", Refused(EncoderDecoder, "seq2seq, target: daughter"));
        Assert.Contains("the target has 31 tokens, more than the 20 the decoder takes",
            Refused(EncoderDecoder.Replace("maxTargetTokens: 128", "maxTargetTokens: 20"), "seq2seq, target: child"));
    }
}
