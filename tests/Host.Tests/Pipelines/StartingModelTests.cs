using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class StartingModelTests
{
    private const string Rest = """

        stages:
          - finetune:
              data: { use: file, path: b.csv }
              objective: guess
        """;

    private static PipelineFile File(string head)
    {
        var file = new PipelineFile("name: from-a-model\nstart: trained\n" + head + Rest);
        var model = Directory.CreateDirectory(Path.Combine(file.Folder, "trained", "model")).FullName;
        System.IO.File.WriteAllText(Path.Combine(model, ModelCard.FileName), """
            {
              "format": 1, "name": "old", "stage": "pretrain", "seed": 1, "heads": {}, "precision": "fp32",
              "batch_tokens": 0, "batch_size": 8,
              "tokenizer": { "use": "words", "k": 4 }, "architecture": { "use": "net", "layers": 3, "dropout": 0.3 },
              "objective": { "use": "guess" }
            }
            """);
        return file;
    }

    [Fact]
    public void What_the_pipeline_leaves_out_is_the_models()
    {
        using var file = File("");
        var pipeline = file.Read();

        Assert.Equal(("words", "net"), (pipeline.Tokenizer.Use, pipeline.Architecture.Use));
        Assert.Equal("4", pipeline.Tokenizer.With["k"]!.ToString());
        Assert.Equal("3", pipeline.Architecture.With["layers"]!.ToString());
        Assert.Contains("layers: 3", pipeline.ResolvedYaml);
    }

    [Theory]
    [InlineData("architecture: { dropout: 0 }")]
    [InlineData("", "architecture.dropout=0")]
    public void Options_without_a_name_change_the_models_own(string head, params string[] overrides)
    {
        using var file = File(head);
        var architecture = file.Read(overrides).Architecture;

        Assert.Equal(("net", "3", "0"),
            (architecture.Use, architecture.With["layers"]!.ToString(), architecture.With["dropout"]!.ToString()));
    }

    [Fact]
    public void What_is_written_whole_stands()
    {
        using var file = File("tokenizer: { use: words, k: 2 }\narchitecture: net");

        Assert.Equal("2", file.Read().Tokenizer.With["k"]!.ToString());
        Assert.DoesNotContain("layers", file.Read().Architecture.With.Keys);
    }

    [Fact]
    public void A_model_that_is_not_there_is_named()
    {
        using var file = File("");
        Directory.Delete(Path.Combine(file.Folder, "trained"), recursive: true);

        Assert.Contains("There is no model in '" + Path.Combine(file.Folder, "trained"),
            Assert.Throws<DataException>(() => file.Read()).Message);
    }

    [Fact]
    public void Without_a_start_both_are_asked_for()
    {
        using var file = new PipelineFile("name: p\narchitecture: { dropout: 0 }" + Rest);

        Assert.Contains("tokenizer", file.Complaint());
        Assert.Contains("map without a name under 'use'", file.Complaint());
    }
}
