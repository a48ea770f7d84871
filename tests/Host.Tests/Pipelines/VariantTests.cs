using PluginHost.Host.Pipelines.Sweeps;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class VariantTests
{
    private static IReadOnlyList<Variant> Read(string variants, params string[] overrides)
    {
        using var file = new PipelineFile(PipelineFile.Small + "\n" + variants);
        return file.ReadVariants(overrides);
    }

    [Fact]
    public void A_variant_is_the_pipeline_with_its_own_values()
    {
        var variants = Read("variants:\n  as-is:\n  short: { stages.pretrain.train.steps: 2, seed: 5 }", "seed=4");
        Assert.Equal(["as-is", "short"], variants.Select(v => v.Name));
        Assert.Equal([4UL, 5UL], variants.Select(v => v.Pipeline.Seed));
        Assert.Equal([5, 2], variants.Select(v => v.Pipeline.Stages[0].Train.Steps));
        Assert.DoesNotContain("variants", variants[1].Pipeline.ResolvedYaml);
    }

    [Fact]
    public void A_pipeline_without_variants_has_none() => Assert.Empty(Read(""));

    [Theory]
    [InlineData("variants: [a]", "must be a map of names to overrides, but is a list.")]
    [InlineData("variants: { a: 3 }", "must be a map of dotted paths to values, for example { tokenizer.k: 4 }, but is '3'.")]
    [InlineData("variants: { ../up: }", "'../up' cannot name a folder")]
    [InlineData("variants: { a: { tokenizer.kk: 3 } }", "kk")]
    [InlineData("variants: { a: { stages.pretraining.train.steps: 3 } }", "there is no stage 'pretraining'")]
    public void Variants_are_strict(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Read(yaml)).Message);
}
