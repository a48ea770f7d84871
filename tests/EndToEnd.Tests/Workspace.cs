using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A folder of its own with a small pipeline on real samples: seconds to run, every part of the host in it.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("pluginhost-e2e-").FullName;
        Take("train.csv", 240);
        Take("dev.csv", 60);
        Take("test.csv", 90);
    }

    public string Folder { get; }

    public string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Folder, .. parts]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>
    /// Writes a pipeline with a pretraining and a finetuning stage that keeps every step; in float32, so that results compare alike on
    /// processors with and without native bfloat16.
    /// </summary>
    /// <param name="steps">Steps of each stage.</param>
    /// <param name="change">Edits the text.</param>
    public string Pipeline(int steps = 6, Func<string, string>? change = null)
    {
        var text = $$"""
            name: tiny
            seed: 11
            tokenizer: { use: kmer, k: 3 }
            architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 110 }
            stages:
              - pretrain:
                  data: { use: fasta, path: {{Repository.Sample("genome", "chr2R.fa.gz")}}, how: random,
                          window: 100, minLength: 20, samplesPerEpoch: 150, devShare: 0.02 }
                  objective: { use: masked-lm }
                  train: { precision: fp32, steps: {{steps}}, batchTokens: 1000, accumulate: 2, learningRate: 2.0e-3, logEvery: 2,
                           evaluateEvery: 3, evaluateSamples: 32, checkpointEvery: 1, workers: 2 }
              - finetune:
                  data: { use: table, train: train.csv, dev: dev.csv, test: test.csv }
                  objective: { use: classify, labels: [ donor, acceptor, neither ], pooling: mean }
                  train: { precision: fp32, steps: {{steps}}, batchSize: 16, learningRate: 1.0e-3, logEvery: 1,
                           evaluateEvery: 2, checkpointEvery: 1 }
                  compareWithScratch: true
              - evaluate: { metrics: [ mcc, accuracy ] }
            """;
        File.WriteAllText(Path("tiny.yaml"), change is null ? text : change(text));
        return Path("tiny.yaml");
    }

    /// <summary>Runs the host here.</summary>
    public HostProcess.Result Run(params IEnumerable<string> arguments) => HostProcess.Run(Folder, arguments);

    /// <summary>SHA-256 of everything that must not depend on when and how often a run was interrupted.</summary>
    public string Fingerprint(string run)
    {
        var parts = new List<string>();
        foreach (var file in (string[])["metrics.jsonl", "model/model.safetensors", "predictions/evaluate.tsv"])
            parts.Add($"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path(run, file))))}");
        foreach (var stage in JsonNode.Parse(File.ReadAllText(Path(run, "summary.json")))!["stages"]!.AsArray())
            parts.Add($"{stage!["name"]} {stage["metrics"]!.ToJsonString()} {stage["baselines"]!.ToJsonString()} "
                + $"{stage["comparisons"]!.ToJsonString()}");
        return string.Join('\n', parts);
    }

    /// <summary>What run.json says of the run's status.</summary>
    public string Status(string run) => (string)JsonNode.Parse(File.ReadAllText(Path(run, "run.json")))!["status"]!;

    private void Take(string file, int rows) =>
        File.WriteAllLines(Path(file), File.ReadLines(Repository.Sample("fly_splice", file)).Take(rows + 1));
}
