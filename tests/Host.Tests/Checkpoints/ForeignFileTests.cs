using System.IO.Compression;
using System.Text;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>What people take for a published model is named, with what to do.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private const string Config = """{ "model_type": "bert", "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3 }""";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private string Folder(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(scratch.File("m")).FullName;
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), Encoding.Latin1.GetBytes(text));
        }
        return folder;
    }

    private void Refused(string source, params string[] said)
    {
        var request = new ImportRequest(source, "dnabert", scratch.File("out"), null, [], [], 1, false);
        var message = Assert.Throws<DataException>(() =>
            new CheckpointImport(RealComponents.Factory, new SilentView()).Run(request, CancellationToken.None)).Message;
        foreach (var part in said) Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.False(Directory.Exists(scratch.File("out")));
    }

    [Theory]
    [InlineData("bert_model.ckpt.index", "TensorFlow checkpoint", "convert them in Python")]
    [InlineData("bert_model.ckpt.data-00000-of-00001", "TensorFlow checkpoint", "convert them in Python")]
    [InlineData("tf_model.h5", "TensorFlow", "from_tf=True")]
    [InlineData("flax_model.msgpack", "Flax", "from_flax=True")]
    [InlineData("saved_model.pb", "SavedModel", "from_tf=True")]
    [InlineData("model.onnx", "ONNX", "Fetch the safetensors")]
    [InlineData("model.gguf", "llama.cpp", "Fetch the safetensors")]
    public void A_folder_with_weights_of_another_kind(string file, string what, string remedy) =>
        Refused(Folder(("config.json", Config), (file, "anything")), file, what, remedy);

    [Theory]
    [InlineData("GGUF\u0003\0\0\0", "llama.cpp")]
    [InlineData("\u0089HDF\r\n\u001a\n", "Keras")]
    [InlineData("<!DOCTYPE html>\n<html>", "web page")]
    [InlineData("\n  <html lang='en'>", "web page")]
    [InlineData("{\"error\":\"Repository not found\"}", "message of an error")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "git lfs pull")]
    [InlineData("\u001f\u008b\u0008\0", "gzip")]
    [InlineData("", "It is empty")]
    public void Something_else_under_the_name_of_weights(string text, string what) =>
        Refused(Folder(("config.json", Config), ("model.safetensors", text)), "model.safetensors", what);

    [Theory]
    [InlineData("config.json", "version https://git-lfs.github.com/spec/v1\n", "git lfs pull")]
    [InlineData("vocab.txt", "<html>", "web page")]
    public void Something_else_under_the_name_of_a_file_beside_them(string file, string text, string what)
    {
        var folder = Golden();
        File.WriteAllText(Path.Combine(folder, file), text);
        Refused(folder, file, what);
    }

    [Fact]
    public void A_zip_of_a_folder()
    {
        var folder = Folder(("3-new-12w-0/config.json", Config), ("3-new-12w-0/pytorch_model.bin", "x"), ("3-new-12w-0/vocab.txt", "A"));
        ZipFile.CreateFromDirectory(folder, scratch.File("3-new-12w-0.zip"));
        Refused(scratch.File("3-new-12w-0.zip"), "a zip of a model folder", "unpack it first");
        Directory.Delete(folder, recursive: true);
        var around = Folder(("readme.md", "x"));
        File.Move(scratch.File("3-new-12w-0.zip"), Path.Combine(around, "3-new-12w-0.zip"));
        Refused(around, "3-new-12w-0.zip", "unpack it first");
    }

    [Fact]
    public void An_adapter_without_its_base()
    {
        var folder = Folder(("adapter_config.json", """{ "peft_type": "LORA", "base_model_name_or_path": "zhihan1996/DNA_bert_6" }"""),
            ("adapter_model.safetensors", "x"));
        Refused(folder, "PEFT adapter without its base model", "zhihan1996/DNA_bert_6", "--adapter");
        Refused(Path.Combine(folder, "adapter_model.safetensors"), "PEFT adapter without its base model");
    }

    [Fact] public void An_empty_folder() => Refused(Folder(), "It is empty");

    [Fact]
    public void A_folder_around_the_folder() => Refused(Folder(("inner/model.safetensors", "x")), "Its folder 'inner' has");

    [Fact]
    public void A_shard_that_is_missing() =>
        Refused(Folder(("config.json", Config), ("model.safetensors.index.json",
            """{ "weight_map": { "a": "model-00001-of-00002.safetensors" } }""")), "model-00001-of-00002.safetensors", "not beside it");

    [Fact]
    public void A_model_or_run_of_this_host()
    {
        BuiltModel.Make(scratch.File("run/model"), BuiltModel.Tokenizer("kmer"), BuiltModel.Architecture("bert"),
            BuiltModel.Spec("classify", ("classes", 2L)));
        Refused(scratch.File("run"), "is a run folder of this host already", "host predict");
        Refused(scratch.File("run/model"), "is a model folder of this host already", "start:");
    }

    [Theory]
    [InlineData("\"quantization_config\": { \"quant_method\": \"gptq\" }", "quantised")]
    [InlineData("\"model_type\": \"dnabert2\"", "--as dnabert2")]
    [InlineData("\"is_decoder\": true", "'is_decoder' is true")]
    [InlineData("\"hidden_size\": 0", "asks for a model that cannot be")]
    public void A_configuration_that_says_otherwise(string field, string what)
    {
        var folder = Golden();
        var path = Path.Combine(folder, "config.json");
        var name = field[..(field.IndexOf(':') + 1)];
        var lines = File.ReadAllText(path).Split('\n').Where(l => !l.Contains(name, StringComparison.Ordinal));
        File.WriteAllText(path, "{ " + field + "," + string.Join('\n', lines).TrimStart()[1..]);
        Refused(folder, what);
    }

    [Fact]
    public void Quantised_tensors()
    {
        var folder = Golden();
        File.Delete(Path.Combine(folder, "pytorch_model.bin"));
        using (var stream = File.Create(Path.Combine(folder, "model.safetensors")))
            PluginHost.Checkpoints.SafetensorsFile.Write(stream,
                [("bert.encoder.layer.0.attention.self.query.qweight", zeros([2], ScalarType.Int32))]);
        Refused(folder, "are quantised", "qweight");
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F64")]
    public void Weights_that_are_not_finite(string type)
    {
        var folder = Golden();
        using (var checkpoint = Host.Models.Checkpoints.Containers.CheckpointFile.Open(Path.Combine(folder, "pytorch_model.bin")))
        {
            var tensors = checkpoint.Tensors.ToDictionary(t => t.Name, t => checkpoint.Read(t.Name));
            const string name = "bert.pooler.dense.bias";
            if (type == "F64") tensors[name] = tensors[name].to_type(ScalarType.Float64);
            tensors[name][3] = type == "F64" ? 1e300 : double.NaN;
            using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
            PluginHost.Checkpoints.SafetensorsFile.Write(stream, tensors.Select(t => (t.Key, t.Value)));
        }
        Refused(folder, "weight 'bert.pooler.dense.bias' has 1 of 12 values that are not finite");
    }

    private string Golden()
    {
        var folder = Directory.CreateDirectory(scratch.File("golden")).FullName;
        foreach (var file in Directory.GetFiles(GoldenContainers.File("layouts/dnabert-3")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
