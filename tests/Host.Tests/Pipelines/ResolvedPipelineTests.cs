using PluginHost.Host.Models;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary>The resolved file says everything and runs the same again.</summary>
public sealed class ResolvedPipelineTests
{
    [Fact]
    public void Every_default_is_filled_in()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var resolved = file.Read("heads.lm=head").ResolvedYaml;
        Assert.Contains("architecture:\n  use: net\n  layers: 12\n  dropout: 0.1\n", resolved);
        Assert.Contains("\n      window: 510\n", resolved);
        Assert.Contains("\n      learningRate: 0.0001\n", resolved);
        Assert.Contains("\n      epsilon: 1E-08\n", resolved);
        Assert.Contains("\n      optimizer: walk\n", resolved);
        Assert.Contains("\n      schedule: linear\n", resolved);
        Assert.Contains("\n    metrics:\n    - mcc\n    - use: f1\n      average: macro\n", resolved);
        Assert.Contains($"pathRoots: [{Environment.CurrentDirectory}, {file.Folder}]", resolved);
    }

    [Theory]
    [InlineData]
    [InlineData("tokenizer={ use: wrap, inner: { use: words, k: 1 }, more: [words, { use: words, vocab: v.txt }] }")]
    [InlineData("stages.0.train.optimizer={ use: roll, speed: 0.5 }", "stages.0.train.schedule=cosine", "observers=[watch]")]
    [InlineData("tokenizer.vocab='true'")]
    [InlineData("tokenizer.vocab='012'", "name=\"1\"")]
    [InlineData("tokenizer.vocab='a: b # c'")]
    [InlineData("stages.finetune.train.selectBy=mcc", "stages.finetune.name=tune", "seed=18446744073709551615")]
    public void It_resolves_to_itself_from_anywhere(params string[] overrides)
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var resolved = file.Read(overrides).ResolvedYaml;
        using var elsewhere = new PipelineFile(resolved);
        var again = elsewhere.Read();
        Assert.Equal(resolved, again.ResolvedYaml);
        Assert.Equal(file.Read(overrides).Tokenizer.With.GetValueOrDefault("vocab"), again.Tokenizer.With.GetValueOrDefault("vocab"));
        Assert.True(FakeCatalog.Reader().IsSameRun(file.Read(overrides), again));
        Assert.False(FakeCatalog.Reader().IsSameRun(file.Read([.. overrides, "stages.0.train.steps=77"]), again));
    }

    [Fact]
    public void Its_paths_are_found_where_they_were()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        File.WriteAllText(Path.Combine(file.Folder, "a.fa"), ">x\nA\n");
        using var elsewhere = new PipelineFile(file.Read().ResolvedYaml);
        var context = new Host.Models.PipelineBuildContext(FakeCatalog.Factory(), elsewhere.Read());
        Assert.Equal(Path.Combine(file.Folder, "a.fa"), context.ResolvePath("a.fa"));
        Assert.Equal(Path.Combine(elsewhere.Folder, "not-there"), context.ResolvePath("not-there"));
        Assert.Equal("/abs/x", context.ResolvePath("/abs/../abs/x"));
    }
}
