using System.Text;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;
using RealComponents = PluginHost.Host.Tests.Checkpoints.RealComponents;

namespace PluginHost.Host.Tests.Models;

/// <summary>Readers of pipelines, tokenizers, cards and records, on damaged files: read or refused, soon, without a defect.</summary>
public sealed class MutantTests : IDisposable
{
    private const int Each = 40;

    private readonly string root = Directory.CreateTempSubdirectory("mutants-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Of(string name) => Path.Combine(root, name);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Of(name), bytes);
        return Of(name);
    }

    [Theory]
    [InlineData("quickstart.yaml")]
    [InlineData("dnagpt/small.yaml")]
    [InlineData("genomics-fm/ablation.yaml")]
    public void Pipelines(string recipe)
    {
        var good = File.ReadAllBytes(Path.Combine(Repository.Root, "pipelines", recipe));
        var reader = new PipelineReader(RealComponents.Factory);
        var refused = Mutants.Try(good, Each, 21, bytes =>
        {
            var file = Write("p.yaml", bytes);
            reader.ReadVariants(file);
            reader.Read(file);
        });
        Assert.InRange(refused, Each / 8, Each);
    }

    /// <summary>Each file that a tokenizer saves, damaged, and the tokenizer built from the folder again.</summary>
    [Theory]
    [InlineData("kmer", "k", 3L)]
    [InlineData("bpe", "vocab", "samples/tokenizers/fly_bpe_1024.json")]
    [InlineData("byte", "sentinels", 4L)]
    public void Tokenizers(string name, string option, object value)
    {
        if (value is string path) value = Path.Combine(Repository.Root, path);
        var spec = new ComponentSpec(name, new Dictionary<string, object?> { [option] = value });
        foreach (var file in Build(spec, null).Save(root).ToList())
        {
            var good = File.ReadAllBytes(Of(file));
            Mutants.Try(good, Each, 22, bytes =>
            {
                Write(file, bytes);
                Build(spec, root).Encode(new Sample("x", "ACGTNACGTACGT"), new EncodeContext());
            });
            Write(file, good);
        }
    }

    private static ITokenizer Build(ComponentSpec spec, string? folder) =>
        new PipelineBuildContext(RealComponents.Factory, spec, null, PathSearch.WorkingDirectory, folder).Tokenizer;

    [Fact]
    public void Cards_of_model_folders()
    {
        var good = Encoding.UTF8.GetBytes("""
            {
              "format": 1, "name": "tiny", "stage": "finetune", "seed": 11,
              "tokenizer": { "use": "kmer", "k": 3, "rate": 0.5, "list": [ 1, "a", { "use": "b" } ] },
              "architecture": { "use": "bert-encoder", "layers": 1 }, "objective": { "use": "classify" },
              "heads": { "class": { "use": "classifier" } }, "precision": "fp32", "batch_tokens": 0, "batch_size": 16,
              "too_long": "truncate", "plugins": []
            }
            """);
        Mutants.Try(good, 2 * Each, 23, bytes =>
        {
            Write(ModelCard.FileName, bytes);
            ModelCard.Read(root);
        });
    }

    /// <summary>With and without the checksum that would find every change out before the content is looked at.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Records_of_runs(bool isSealed)
    {
        var record = new StageRecord
        {
            Name = "s", Kind = "evaluate", Split = "test", Metrics = new Dictionary<string,
            double>
            { ["mcc"] = 1 }
        };
        RunSummary.Write(root, [record], ["It works."]);
        record.Save(Of("s.json"));
        foreach (var (file, read) in ((string, Action)[])[
            (RunFiles.Summary, () => RunSummary.Read(root)), ("s.json", () => StageRecord.Load(Of("s.json")).Whole("s.json", "Mend it."))])
        {
            var good = File.ReadAllText(Of(file));
            if (!isSealed) good = good[..good.LastIndexOf(",\n  \"sha256\"", StringComparison.Ordinal)] + "\n}\n";
            Mutants.Try(Encoding.UTF8.GetBytes(good), Each, 24, bytes =>
            {
                Write(file, bytes);
                read();
            });
        }
    }

    [Fact]
    public void Manifests()
    {
        SealedFolder.Write(Of("sealed"), target => target.Add("a.txt", "content"));
        var manifest = Path.Combine("sealed", SealedFolder.ManifestName);
        Mutants.Try(File.ReadAllBytes(Of(manifest)), 2 * Each, 25, bytes =>
        {
            Write(manifest, bytes);
            SealedFolder.Verify(Of("sealed"));
        });
    }
}
