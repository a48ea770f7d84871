using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary>A pipeline in a folder of its own.</summary>
internal sealed class PipelineFile : IDisposable
{
    public const string Small = """
        name: small
        tokenizer: { use: words, k: 3 }
        architecture: net
        stages:
          - pretrain:
              data: { use: file, path: a.fa }
              objective: guess
              train: { steps: 5 }
          - finetune:
              data: { use: file, path: b.csv }
              objective: { use: guess, rate: 0.5 }
          - evaluate: { metrics: [mcc, { use: f1 }] }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public PipelineFile(string text) => File.WriteAllText(Path, text);

    public string Path => System.IO.Path.Combine(folder, "p.yaml");

    public string Folder => folder;

    public PipelineDefinition Read(params string[] overrides) => FakeCatalog.Reader().Read(Path, overrides);

    public IReadOnlyList<Variant> ReadVariants(params string[] overrides) => FakeCatalog.Reader().ReadVariants(Path, overrides);

    /// <summary>What the reader complains of, without the folder's name.</summary>
    public string Complaint(params string[] overrides) =>
        Assert.Throws<UsageException>(() => Read(overrides)).Message.Replace(folder + "/", "");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
