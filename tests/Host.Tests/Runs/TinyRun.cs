using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Checkpoints;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Runs;

/// <summary>
/// A pipeline of a second or less, on real samples and all kinds of stages, run in this process into folders that are gone at the end.
/// </summary>
public sealed class TinyRun : IDisposable
{
    private readonly string pipeline;

    public TinyRun()
    {
        var (train, dev, test) = (Take("train.csv", 60), Take("dev.csv", 20), Take("test.csv", 24));
        pipeline = Of("tiny.yaml");
        File.WriteAllText(pipeline, $$"""
            name: tiny
            seed: 5
            tokenizer: { use: kmer, k: 3 }
            architecture: { use: bert-encoder, layers: 1, width: 8, attentionHeads: 2, maxPositions: 110 }
            stages:
              - pretrain:
                  data: { use: table, train: {{train}}, dev: {{dev}} }
                  objective: { use: masked-lm }
                  train: { precision: fp32, steps: 3, batchSize: 8, logEvery: 1, evaluateEvery: 1, checkpointEvery: 1, workers: 1 }
              - finetune:
                  data: { use: table, train: {{train}}, dev: {{dev}}, test: {{test}} }
                  objective: { use: classify, labels: [ donor, acceptor, neither ], pooling: mean }
                  train: { precision: fp32, steps: 6, batchSize: 8, learningRate: 2.0e-3, logEvery: 1, evaluateEvery: 1,
                           checkpointEvery: 1, keepCheckpoints: 3, workers: 1 }
              - evaluate: { metrics: [ mcc, accuracy ], baselines: false }
              - predict: { split: test }
            """);
    }

    /// <summary>Whether tests go through everything rather than a sample: <c>PLUGINHOST_THOROUGH=1</c>, as eng/thorough.sh sets.</summary>
    public static bool IsThorough => Environment.GetEnvironmentVariable("PLUGINHOST_THOROUGH") == "1";

    /// <summary>A run that came to its end, and what it left.</summary>
    public const string Done = "done";

    /// <summary>A run that was stopped in its second training stage, whose best checkpoint is not its newest.</summary>
    public const string Cut = "cut";

    /// <summary>Makes both, once.</summary>
    public TinyRun Ready()
    {
        if (Directory.Exists(Of(Cut))) return this;
        Assert.Equal(0, Run(Done).Code);
        using var cancel = new CancellationTokenSource();
        var steps = 0;
        Run(Cut, new SilentView { OnStep = _ => { if (++steps == 8) cancel.Cancel(); } }, cancel.Token);
        return this;
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("tiny-run-").FullName;

    public string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Runs into a new folder; cancelled where the view says so.</summary>
    internal Ended Run(string name, SilentView? view = null, CancellationToken cancellation = default) =>
        Do(pipeline, new RunRequest(Of(name), "cpu", null), view, cancellation);

    /// <summary>Goes on in a folder.</summary>
    internal Ended Resume(string name) => Do(Of(name, "pipeline.resolved.yaml"), new RunRequest(null, "cpu", Of(name)), null, default);

    /// <summary>A copy of a run, to be damaged.</summary>
    public string Copy(string name, string copy)
    {
        foreach (var file in Directory.EnumerateFiles(Of(name), "*", SearchOption.AllDirectories))
        {
            var target = Of(copy, Path.GetRelativePath(Of(name), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
        return copy;
    }

    /// <summary>Everything of a finished run that must not depend on its interruptions.</summary>
    public string Fingerprint(string name) => string.Join('\n', [
        .. ((string[])["metrics.jsonl", "model/model.safetensors", "model/vocab.txt", "model/config.json", "predictions/evaluate.tsv",
            "predictions/predict.tsv"]).Select(f => $"{f} {Sum(Of(name, f))}"),
        .. JsonNode.Parse(File.ReadAllText(Of(name, "summary.json")))!["stages"]!.AsArray()
            .Select(s => $"{s!["name"]} {s["samples"]} {s["metrics"]!.ToJsonString()}")]);

    private static string Sum(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static Ended Do(string file, RunRequest request, SilentView? view, CancellationToken cancellation)
    {
        view ??= new SilentView();
        try
        {
            if (request.Resume is not null) _ = Records.KeptPipeline.Read(file);
            var definition = new PipelineReader(RealComponents.Factory).Read(file);
            var code = new PipelineRunner(RealComponents.Factory, view).RunAsync(definition, request, cancellation).GetAwaiter()
                .GetResult();
            return new(code, null, view);
        }
        catch (HostException failure) { return new(failure.ExitCode, failure.Message, view); }
    }

    private string Take(string file, int rows)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "samples", "fly_splice", file)).ToList();
        // The file is ordered by class: rows from all over it.
        File.WriteAllLines(Of(file), lines.Take(1).Concat(Enumerable.Range(0, rows).Select(i => lines[1 + i * (lines.Count - 1) / rows])));
        return Of(file);
    }

    internal sealed record Ended(int Code, string? Failure, SilentView View)
    {
        /// <summary>All that the user was told.</summary>
        public string Told => string.Join('\n', View.Warned.Append(Failure));
    }
}
