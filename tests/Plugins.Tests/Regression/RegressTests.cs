using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.Regression;
using PluginHost.Plugins.TokenLanguage;
using PluginHost.Plugins.Windowed;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.Regression;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class RegressTests
{
    private readonly Workbench bench =
        new(new KMerPlugin(), new BertEncoderPlugin(), new WindowedPlugin(), new RegressionPlugin(), new TokenLanguagePlugin(),
            new NumericGptPlugin());

    public RegressTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private static List<Sample> Rows(params string[] targets) =>
        [.. targets.Select((t, i) => Row($"{i + 2}", SampleDna.Sequence(new SeededRandom((ulong)i), 20 + i), ("label", t)))];

    private string Refused(IObjective objective, Sample row) =>
        Assert.Throws<DataException>(() => objective.Collate([row], Context(bench))).Message;

    [Fact]
    public void Targets_are_scaled_for_the_loss_and_not_in_tables()
    {
        // Mean 3, deviation sqrt(5): outputs of 0 stand for 3 each.
        var rows = Rows("0", "2", "4", "6");
        foreach (var (kind, expected) in ((string, double)[])[("squared", 4), ("absolute", (2 * 3 + 2 * 1) / Math.Sqrt(5)),
            ("huber", 2 * (3 / Math.Sqrt(5) - 0.5) + 2 * 0.5 / 5)])
        {
            bench.UseBackbone("bert-encoder", new { layers = 1, width = 8, attentionHeads = 2, dropout = 0.0 });
            using var model = new ModelUnderTest(bench, Fit(bench, "regress", new { dropout = 0.0, loss = kind }, rows));
            using var noGradients = no_grad();
            foreach (var (name, value) in model.Parameters) if (name.StartsWith("classifier", StringComparison.Ordinal)) value.fill_(0);
            using var batch = model.Collate(rows);
            var predictions = model.Predict(batch);
            var scored = model.Objective.Score(predictions, batch);
            Assert.Equal(expected, model.Objective.Loss(predictions, batch).Single().Sum.item<float>(), 1e-4);
            Assert.Equal(expected, scored.Losses.Single().Sum, 1e-4);
            Assert.Equal([3f, 3, 3, 3], scored.Outputs!.Cast<float>());
            Assert.Equal([0f, 2, 4, 6], scored.Targets!.Cast<float>());
        }
    }

    [Fact]
    public void Several_targets_have_names()
    {
        Sample[] rows = [Row("2", "ACGTACGT", ("dev", "1"), ("hk", "2 3")), Row("3", "ACGTACGA", ("dev", "2"), ("hk", "4 7"))];
        var objective = Fit(bench, "regress", new { targets = new[] { "dev", "h*" } }, rows);
        Assert.Equal(["dev", "hk_0", "hk_1"], objective.Card.OutputNames);
        Assert.Equal(3L, objective.Heads.Single().Default.With["outputs"]);
    }

    [Fact]
    public void A_missing_target_is_refused_or_left_out()
    {
        foreach (var text in (string[])["", "NA", "nan", "NaN"])
        {
            var failure = Assert.Throws<DataException>(() => Fit(bench, "regress", new { }, Rows("1", text, "2")));
            Assert.Contains("data.csv:3: the target 'label' is missing or not a number (NaN)", failure.Message);
            Assert.Contains("missingTargets: skip", failure.Message);
        }
        Assert.Contains("infinite",
            Assert.Throws<DataException>(() => Fit(bench, "regress", new { missingTargets = "skip" }, Rows("1", "Infinity", "2"))).Message);
        var rows = Rows("1", "NA", "3");
        var objective = Fit(bench, "regress", new { missingTargets = "skip" }, rows);
        using var batch = objective.Collate(rows, Context(bench));
        Assert.Equal(2, batch.TargetCounts["regress"]);
        Assert.Equal([1, float.NaN, 3], batch[Keys.Targets].data<float>().ToArray());
    }

    [Fact]
    public void A_missing_target_gives_no_gradient()
    {
        var rows = Rows("1", "NA", "3");
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 8, attentionHeads = 2, dropout = 0.0 });
        using var model = new ModelUnderTest(bench, Fit(bench, "regress", new { missingTargets = "skip", dropout = 0.0 }, rows));
        using var batch = model.Collate([rows[1]]);
        model.Objective.Loss(model.Predict(batch), batch).Single().Sum.backward();
        Assert.Equal(0, model.Parameters.Single(p => p.Name == "classifier.bias").Value.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Logarithms_are_DNAGPTs_and_refuse_what_has_none()
    {
        var rows = Rows("0.9", "9.9", "99.9");
        var objective = Fit(bench, "regress", new { transform = "log10" }, rows);
        using var batch = objective.Collate(rows, Context(bench));
        Assert.All(batch[Keys.Targets].data<float>().ToArray().Select((t, i) => t - i), difference => Assert.Equal(0, difference, 1e-6));
        Assert.Contains("is -1, which has no logarithm with a pseudocount of 0.1", Refused(objective, Row("9", "ACGT", ("label", "-1"))));
    }

    [Fact]
    public void Features_are_scaled_beside_the_sequence_and_change_the_answer()
    {
        Sample Gene(int i, object features) => Row($"{i}", "ACGTACGTAC", ("label", $"{i}"), ("f", features), ("g", $"{2 * i}"));
        var rows = Enumerable.Range(0, 8).Select(i => Gene(i, $"{i} 5")).ToList();
        manual_seed(2);
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 16, attentionHeads = 2, dropout = 0.0, attentionDropout = 0.0 });
        var objective = Fit(bench, "regress", new { features = new[] { "f", "g" }, featureWidth = 4, dropout = 0.0 }, rows);
        using var model = new ModelUnderTest(bench, objective);
        using var batch = model.Collate(rows);
        var features = batch[Keys.Features].data<float>().ToArray().Chunk(3).ToList();
        Assert.Equal(0, features.Sum(f => f[0]), 1e-4);
        Assert.Equal(8, features.Sum(f => f[2] * f[2]), 1e-3);
        Assert.All(features, f => Assert.Equal(0, f[1]));   // a constant column says nothing
        // Sequences are equal: only the features can tell rows apart.
        ModelChecks.Learns(model, rows, 250, 2e-2, 0.3);
        Assert.Equal(["mean", "5-mer ridge", "features ridge", "features and 5-mer ridge"], objective.Card.Baselines.Select(b => b.Name));
        var ridge = objective.Card.Baselines[2].Measure(new KitBaselineContext(bench.Tokenizer, objective, rows, rows)).Single();
        Assert.True(ridge.Losses.Single().Sum < 0.1);
    }

    [Fact]
    public void Feature_columns_of_another_width_and_missing_ones_are_named()
    {
        Sample Gene(int i, string features) => Row($"{i}", "ACGTACGTAC", ("label", $"{i}"), ("f", features));
        var failure = Assert.Throws<DataException>(() =>
            Fit(bench, "regress", new { features = new[] { "f" } }, [Gene(2, "1 2"), Gene(3, "1 2 3")]));
        Assert.Contains("data.csv:3: there are 3 feature numbers, but 2 at data.csv:2", failure.Message);
        var objective = Fit(bench, "regress", new { features = new[] { "f" } }, [Gene(2, "1 2"), Gene(3, "2 1")]);
        Assert.Contains("data.csv:9: there are 1 feature numbers, but 2 in the training data (f)", Refused(objective, Gene(9, "4")));
        Assert.Contains("data.csv:9: the feature number 2 of 'f' is missing or not a number", Refused(objective, Gene(9, "4 NA")));
        Assert.Contains("there is no field 'f', which 'features' names", Refused(objective, Row("9", "ACGT", ("label", "1"))));
    }

    [Fact]
    public void A_promoter_of_20_kb_with_8_half_lives_goes_through_windowed()
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 4)
            .Select(i => Row($"{i}", SampleDna.Sequence(random, 20_000 - 900 * i), ("label", $"{i}"),
            ("half_lives", Enumerable.Range(0, 8).Select(_ => (float)random.NextNormal()).ToArray()))).ToList();
        manual_seed(2);
        foreach (var join in (string[])["concat", "mean"])
        {
            bench.UseBackbone("windowed",
                new
                {
                    inner = new ComponentSpec("bert-encoder", new Dictionary<string,
                object?>
                    { ["layers"] = 1, ["width"] = 8, ["attentionHeads"] = 2, ["maxPositions"] = 512 }), pieces = 40, join
                });
            using var model = new ModelUnderTest(bench, Fit(bench, "regress", new { features = new[] { "half_lives" } }, rows));
            using var batch = model.Collate(rows);
            Assert.Equal(20_000, batch.Axis("T"));
            Assert.Equal(8, batch.Axis("F"));
            using var noGradients = no_grad();
            Assert.Equal([4L, 1], model.Predict(batch)["value"].shape);
        }
    }

    [Fact]
    public void Numbers_among_the_tokens_and_an_answer_at_the_end_are_DNAGPTs_regression()
    {
        var rows = Enumerable.Range(0, 6)
            .Select(i => Row($"{i}", "ACGTACGTACGT", ("species", "human"), ("x", new[] { i / 3f, -i / 6f }), ("label", $"{i}"))).ToList();
        manual_seed(6);
        bench.UseTokenizer("token-language", new { k = 3, template = "{species} {sequence} + M {x} = M" });
        bench.UseBackbone("numeric-gpt", new { layers = 2, width = 32, attentionHeads = 4, maxPositions = 64, initializerRange = 0.1 });
        using var model = new ModelUnderTest(bench, Fit(bench, "regress", new { baselineFeatures = new[] { "x" } }, rows),
            new Dictionary<string,
                ComponentSpec>
            { ["value"] = new("answer-number-head", new Dictionary<string, object?> { ["initializerRange"] = 0.1 }) });
        ModelChecks.Learns(model, rows, 150, 5e-3, 0.1);
        Assert.Contains(model.Objective.Card.Baselines, b => b.Name == "features ridge");
    }

    [Fact]
    public void It_keeps_the_objectives_and_models_contract()
    {
        var random = new SeededRandom(8);
        var samples = Enumerable.Range(0, 10)
            .Select(i => Row($"{i}", SampleDna.Sequence(random, 20 + 2 * i), ("label", $"{random.NextNormal()}"))).ToList();
        ModelUnderTest Build()
        {
            manual_seed(3);
            bench.UseBackbone("bert-encoder",
                new { layers = 2, width = 32, attentionHeads = 2, maxPositions = 64, dropout = 0.0, attentionDropout = 0.0 });
            return new(bench, Fit(bench, "regress", new { dropout = 0.0 }, samples));
        }
        using (var model = Build()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(Build, samples, steps: 100, learningRate: 5e-3, falls: 0.5);
    }

    [Fact]
    public void Unfitted_it_says_so_and_its_options_keep_their_limits()
    {
        Assert.Contains("train it first",
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("regress").Collate(Rows("1"), Context(bench))).Message);
        foreach (var offer in bench.Offers.Where(o => o.Name is "regress" or "regression-head")) OptionsChecks.Run(offer);
    }
}
