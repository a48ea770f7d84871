using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Checkpoints;

using static BuiltModel;
using static TorchSharp.torch;

/// <summary>Model folders of somebody else: what they may name, how large they may say they are, and where their files may lie.</summary>
public sealed class StrangeModelFolderTests : IDisposable
{
    private static readonly Sample sample = new("a", "ACGTTGCATGTCGCATGATGCATGAGAGCT");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private string Model(string tokenizer = "kmer", string architecture = "bert")
    {
        Make(scratch.File("model"), Tokenizer(tokenizer), Architecture(architecture), Spec("classify", ("classes", 2L)));
        return scratch.File("model");
    }

    /// <summary>Changes a folder as somebody would who means to be believed: its manifest fits.</summary>
    private static void Change(string folder, Action<JsonObject> card, params string[] without)
    {
        var path = Path.Combine(folder, ModelCard.FileName);
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        card(json);
        File.WriteAllText(path, json.ToJsonString());
        foreach (var file in without) File.Delete(Path.Combine(folder, file));
        Seal(folder);
    }

    private static void Seal(string folder)
    {
        File.Delete(Path.Combine(folder, SealedFolder.ManifestName));
        var files = new JsonObject(Directory.GetFiles(folder).Select(f => KeyValuePair.Create(Path.GetFileName(f), (JsonNode?)new JsonObject
        {
            ["bytes"] = File.ReadAllBytes(f).Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))),
        })));
        File.WriteAllText(Path.Combine(folder, SealedFolder.ManifestName),
            new JsonObject { ["format"] = 1, ["files"] = files }.ToJsonString());
    }

    private static string Refused(string folder)
    {
        var message = Assert.Throws<DataException>(() => Load(folder).Dispose()).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret.txt")]
    [InlineData("inner/../../secret.txt")]
    [InlineData("inner/link/secret.txt")]
    public void A_file_outside_the_folder_is_refused(string path)
    {
        var model = Model();
        File.WriteAllText(scratch.File("secret.txt"), "A\nC\n");
        Directory.CreateDirectory(Path.Combine(model, "inner"));
        Directory.CreateSymbolicLink(Path.Combine(model, "inner", "link"), scratch.Path);
        Change(model, c => c["tokenizer"]!["vocab"] = path, "vocab.txt");

        var message = Refused(model);
        Assert.Contains("outside its folder", message);
        Assert.Contains(path, message);
        Assert.Contains("outside its folder", Assert.Throws<DataException>(() =>
            new ModelExport(RealComponents.Factory, new SilentView()).Run(model, scratch.File("x"), CancellationToken.None)).Message);
    }

    [Fact]
    public void A_pipeline_that_starts_from_it_reads_no_file_outside_the_folder_either()
    {
        var model = Model();
        File.WriteAllText(scratch.File("secret.txt"), "A\nC\n");
        Change(model, c => c["tokenizer"]!["vocab"] = scratch.File("secret.txt"), "vocab.txt");
        File.WriteAllText(scratch.File("p.yaml"), $$"""
            start: {{model}}
            stages:
              - finetune: { data: { use: table, train: train.csv }, objective: classify }
            """);
        var pipeline = Docs.RealHost.Pipelines.Read(scratch.File("p.yaml"));
        Assert.Contains("outside its folder", Assert.Throws<DataException>(() =>
            new Host.Models.PipelineBuildContext(RealComponents.Factory, pipeline).Tokenizer).Message);
    }

    [Fact]
    public void A_name_whose_file_lies_in_the_folder_under_its_own_is_none_of_its_business()
    {
        var model = Model();
        var expected = Predict(model, sample)[0];
        Change(model, c => c["tokenizer"]!["vocab"] = "/data/vocab.txt");
        Assert.Equal(expected, Predict(model, sample)[0]);
    }

    [Theory]
    [InlineData("layers", 0, "layers")]
    [InlineData("layers", -3, "layers")]
    [InlineData("width", 1 << 30, "width")]
    [InlineData("attentionHeads", 0, "attentionHeads")]
    [InlineData("layers", 200, "bert.encoder.layer.2.")]
    [InlineData("width", 16384, "needs [69, 16384]")]
    [InlineData("maxPositions", 1 << 20, "needs [1048576, 16]")]
    public void Sizes_that_cannot_be_are_refused_before_anything_is_allocated(string option, int size, string named)
    {
        var model = Model();
        Change(model, c => c["architecture"]![option] = size);
        var before = GC.GetTotalAllocatedBytes();
        var message = Refused(model);
        Assert.Contains(named, message);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200 << 20);
    }

    [Fact]
    public void A_vocabulary_of_another_size_is_compared_too()
    {
        var model = Model();
        Change(model, c => c["tokenizer"]!["k"] = 8, "vocab.txt");
        Assert.Contains("needs [65541, 16]", Refused(model));
    }

    [Theory]
    [InlineData("kmer", "bert")]
    [InlineData("bpe", "dnabert2")]
    [InlineData("ensemble", "genomics-fm")]
    [InlineData("ggram", "dnazen")]
    [InlineData("kmer", "windowed")]
    public void Every_architecture_is_compared_by_its_skeleton(string tokenizer, string architecture)
    {
        var model = Model(tokenizer, architecture);
        Assert.NotEmpty(Predict(model, sample)[0]);
        var path = architecture == "windowed" ? "inner" : "width";
        Change(model, c =>
        {
            if (path == "inner") c["architecture"]!["inner"]!["width"] = 16000;
            else c["architecture"]!["width"] = 16000;
        });
        Assert.Contains("16000]", Refused(model));
    }

    /// <summary>Hugging Face's cache: <c>snapshots/REVISION/FILE</c> leads to <c>../../blobs/HASH</c>.</summary>
    [Fact]
    public void Files_may_be_links_as_in_Hugging_Faces_cache()
    {
        var model = Model();
        var expected = Predict(model, sample)[0];
        var snapshot = Cached(model);
        Assert.Equal(expected, Predict(snapshot, sample)[0]);

        new ModelExport(RealComponents.Factory, new SilentView()).Run(snapshot, scratch.File("exported"), CancellationToken.None);
        var published = Cached(scratch.File("exported"));
        PublishedCheckpoint.Import(new(published, "dnabert", scratch.File("again"), null, [], [], 1, false));
        Assert.Equal(expected, Predict(scratch.File("again"), sample)[0]);
    }

    private string Cached(string folder)
    {
        var root = scratch.File("cache-" + Path.GetFileName(folder));
        var snapshot = Directory.CreateDirectory(Path.Combine(root, "snapshots", "abc")).FullName;
        Directory.CreateDirectory(Path.Combine(root, "blobs"));
        foreach (var file in Directory.GetFiles(folder))
        {
            var blob = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            File.Copy(file, Path.Combine(root, "blobs", blob), overwrite: true);
            File.CreateSymbolicLink(Path.Combine(snapshot, Path.GetFileName(file)), Path.Combine("..", "..", "blobs", blob));
        }
        return snapshot;
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused_wherever_they_are_read(float value)
    {
        var model = Model();
        var path = Path.Combine(model, ModelCard.WeightsName);
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(path)) tensors = file.Entries.ToDictionary(e => e.Name, e => file.Read(e.Name));
        tensors["classifier.weight"][1, 2] = value;
        tensors["classifier.weight"][1, 3] = value;
        using (var stream = File.Create(path)) SafetensorsFile.Write(stream, tensors.Select(t => (t.Key, t.Value)));
        Seal(model);

        const string why = "weight 'classifier.weight' has 2 of 32 values that are not finite";
        Assert.Contains(why, Refused(model));
        Assert.Contains(why, Assert.Throws<DataException>(() =>
            new ModelExport(RealComponents.Factory, new SilentView()).Run(model, scratch.File("x"), CancellationToken.None)).Message);
        Assert.False(Directory.Exists(scratch.File("x")));
    }
}
