using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Samples;

using static TorchSharp.torch;

[Collection("sample plugins")]
public sealed class HyenaSampleTests(SamplePlugins plugins)
{
    private Workbench Bench(bool causal)
    {
        var bench = plugins.Bench("Hyena", "KMer", "Contrast");
        bench.UseTokenizer("kmer", new { k = 1 });
        manual_seed(3);
        bench.UseBackbone("hyena", new { layers = 2L, width = 16L, maxTokens = 128L, causal, dropout = 0.0 });
        return bench;
    }

    private static Batch Batch(Workbench bench, int bases) => Collation.Pad([new("x", "")],
        [bench.Tokenizer.Encode(new("x", SampleDna.Sequence(new SeededRandom(1), bases)), new EncodeContext(SpecialTokens: false))], 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_does_what_the_contract_asks(bool causal) => ModelChecks.Run(
        () => Bench(causal) is var bench ? new ModelUnderTest(bench, bench.Build<IObjective>("contrast", new { width = 8L })) : null!,
        SampleDna.Random(10, 20, 60));

    [Fact]
    public void With_causal_no_token_sees_a_later_one_and_without_it_does()
    {
        var (causal, both) = (Bench(true), Bench(false));
        causal.Backbone.eval();
        both.Backbone.eval();
        Assert.True(causal.Backbone.Shape.Causal);
        Assert.False(both.Backbone.Shape.Causal);
        using var batch = Batch(causal, 60);
        CausalChecks.NeverLooksAhead(causal.Backbone, batch, 10);
        Assert.Throws<ConformanceException>(() => CausalChecks.NeverLooksAhead(both.Backbone, batch, 10));
    }

    [Fact]
    public void A_convolution_by_transforms_equals_its_sum()
    {
        // One layer's long filter alone: every value before a place, and with the second filter every value after it.
        using var scope = NewDisposeScope();
        var filter = Bench(false).Backbone.GetType().Assembly.GetType("Hyena.LongFilter")!.GetMethod("Convolve")!;
        var (values, ahead, behind) = (randn(2, 3, 7), randn(3, 7), randn(3, 7));
        foreach (var second in (Tensor?[])[null, behind])
        {
            var expected = zeros(2, 3, 7);
            for (var t = 0; t < 7; t++)
                for (var s = 0; s < 7; s++)
                {
                    if (s <= t) expected[.., .., t] += values[.., .., s] * ahead[.., t - s];
                    if (s >= t && second is not null) expected[.., .., t] += values[.., .., s] * second[.., s - t];
                }
            var actual = (Tensor)filter.Invoke(null, [values, ahead, second])!;
            Assert.True((expected - actual).abs().max().item<float>() < 1e-5);
        }
    }

    [Fact]
    public void Its_pipeline_runs()
    {
        var run = plugins.Run("hyena.yaml", "hyena", "architecture.width=16", "stages.0.train.steps=3", "stages.0.train.batchTokens=1024",
            "stages.0.data.devShare=0.002", "stages.1.train.steps=3", "stages.1.train.batchTokens=1024");
        Assert.Contains("hyena.layers.1.ahead.first.weight", File.ReadAllText(Path.Combine(run, "model", "model.safetensors")));
        Assert.True((double)SamplePlugins.Stage(run, "evaluate")["metrics"]!["loss"]! < 1.3);
    }
}
