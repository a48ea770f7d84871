namespace PluginHost.Host.Tests.Pipelines;

public sealed class OverridesTests : IDisposable
{
    private readonly PipelineFile file = new(PipelineFile.Small);

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData("stages.0.pretrain.train.steps=9")]
    [InlineData("stages.pretrain.train.steps=9")]
    [InlineData("stages.pretrain.pretrain.train.steps=9")]
    [InlineData("stages.0.train.steps=9")]
    [InlineData("stages.0.pretrain.train={ steps: 9 }")]
    [InlineData(" stages.pretrain.train.steps =9")]
    public void A_stage_is_reached_by_index_name_or_kind(string set) => Assert.Equal(9, file.Read(set).Stages[0].Train.Steps);

    [Fact]
    public void Values_are_read_as_YAML_and_the_last_wins()
    {
        var p = file.Read(
            "seed=7", "tokenizer.k=4", "tokenizer.k=5", "architecture.layers=2", "stages.evaluate.metrics=[f1]",
                "stages.finetune.compareWithScratch=true",
            "stages.finetune.data.path=other.csv", "heads.lm=head", "stages.evaluate.metrics.1=mcc");
        Assert.Equal((7UL, 5L, 2L), (p.Seed, p.Tokenizer.With["k"], p.Architecture.With["layers"]));
        Assert.Equal(["f1", "mcc"], p.Stages[2].Metrics.Select(m => m.Use));
        Assert.True(p.Stages[1].CompareWithScratch);
        Assert.Equal("other.csv", p.Stages[1].Data!.With["path"]);
        Assert.Equal("head", p.Heads["lm"].Use);
    }

    [Fact]
    public void A_whole_component_can_be_replaced() =>
        Assert.Equal(1L, file.Read("tokenizer={ use: wrap, inner: { use: words, k: 1 } }")
            .Tokenizer.With["inner"] is IReadOnlyDictionary<string, object?> inner ? inner["k"] : null);

    [Theory]
    [InlineData("tokenizer", "--set tokenizer: write path=value,")]
    [InlineData("=3", "--set =3: write path=value,")]
    [InlineData("a..b=3", "--set a..b=3: write path=value,")]
    [InlineData("tokenizer.k=9", "--set: tokenizer.k: must be 1 to 8, but is 9.")]
    [InlineData("tokenizer.kk=3", "--set: tokenizer: unknown option 'kk'; WordOptions has: k, vocab (did you mean 'k'?).")]
    [InlineData("tokenizer.k.x=3", "--set tokenizer.k.x: ")]
    [InlineData("stages.7.train.steps=3", "--set stages.7.train.steps: there is no entry 7; there are 3, counted from 0.")]
    [InlineData("stages.pretran.train.steps=3", "--set stages.pretran.train.steps: there is no stage 'pretran'; there are: pretrain, "
        + "finetune, evaluate (did you mean 'pretrain'?).")]
    [InlineData("stages.pretrain.train.setps=3", "unknown option 'setps'")]
    [InlineData("sedes=3", "--set: sedes: unknown key 'sedes'")]
    [InlineData("seed=[1", "--set: not valid YAML: ")]
    [InlineData("stages.evaluate.metrics.5=mcc", "--set stages.evaluate.metrics.5: there is no entry 5; there are 2, counted from 0.")]
    [InlineData("stages.evaluate.metrics.first=mcc", "'first' stands where a list's index belongs; there are 2 entries, counted from 0.")]
    public void What_is_wrong_is_said(string set, string message) => Assert.Contains(message, file.Complaint(set));
}
