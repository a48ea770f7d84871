using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MultiLabel;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.MultiLabel;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class MultiLabelTests
{
    private readonly Workbench bench =
        new(new KMerPlugin(), new BertEncoderPlugin(), new MultiLabelPlugin(), new TokenLanguagePlugin(), new NumericGptPlugin());

    public MultiLabelTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private static List<Sample> Rows(params string[] labels) =>
        [.. labels.Select((l, i) => Row($"{i + 2}", SampleDna.Sequence(new SeededRandom((ulong)i), 30), ("labels", l)))];

    private float[][] Targets(IObjective objective, IReadOnlyList<Sample> samples)
    {
        using var batch = objective.Collate(samples, Context(bench));
        return [.. batch[Keys.Targets].data<float>().ToArray().Chunk(objective.Card.OutputNames.Count)];
    }

    [Theory]
    [InlineData("a;b", "", "b", "a, c | b")]
    [InlineData("a b", "", "b", "c,b,a")]
    public void Names_that_hold_are_listed(string first, string second, string third, string fourth)
    {
        var rows = Rows(first, second, third, fourth);
        var objective = Fit(bench, "multi-label", new { fields = new[] { "labels" } }, rows);
        Assert.Equal(["a", "b", "c"], objective.Card.OutputNames);
        Assert.Equal([[1, 1, 0], [0, 0, 0], [0, 1, 0], [1, 1, 1]], Targets(objective, rows));
    }

    [Theory]
    [InlineData("1 0 1", "0 0 1", "1 1 0")]
    [InlineData("1,0,1", "0,0,1", "1,1,0")]
    [InlineData("101", "001", "110")]
    public void Flags_are_one_for_each(params string[] labels)
    {
        var objective = Fit(bench, "multi-label", new { fields = new[] { "labels" } }, Rows(labels));
        Assert.Equal(["labels_0", "labels_1", "labels_2"], objective.Card.OutputNames);
        Assert.Equal([[1, 0, 1], [0, 0, 1], [1, 1, 0]], Targets(objective, Rows(labels)));
    }

    [Fact]
    public void A_column_each_gives_names_and_unknown_ones_count_nowhere()
    {
        Sample[] rows = [Row("2", "ACGTACGT", ("dnase", "1"), ("ctcf", "NA")), Row("3", "ACGTTTTT", ("dnase", "0"), ("ctcf", "1")),
            Row("4", "AGGTTTTT", ("dnase", "0"), ("ctcf", "0"))];
        var objective = Fit(bench, "multi-label", new { fields = new[] { "dnase", "ctc?" } }, rows);
        Assert.Equal(["dnase", "ctcf"], objective.Card.OutputNames);
        using var batch = objective.Collate(rows, Context(bench));
        Assert.Equal(5, batch.TargetCounts["multi-label"]);
    }

    [Fact]
    public void The_weight_on_labels_that_hold_is_in_the_loss_and_not_in_the_score()
    {
        var rows = Rows("1 0", "1 0", "0 0", "0 1");
        var plain = Losses(new { fields = new[] { "labels" }, dropout = 0.0 }, rows);
        var heavy = Losses(new { fields = new[] { "labels" }, dropout = 0.0, positiveWeight = 8.0 }, rows);
        var balanced = Losses(new { fields = new[] { "labels" }, dropout = 0.0, weighting = "balanced" }, rows);
        // Logits are the bias 1.5 everywhere: -log p = log(1 + e^-1.5) where a label holds (3 of 8), that plus 1.5 where not.
        var holds = Math.Log(1 + Math.Exp(-1.5));
        Assert.Equal(3 * holds + 5 * (holds + 1.5), plain.Loss, 1e-4);
        Assert.Equal(24 * holds + 5 * (holds + 1.5), heavy.Loss, 1e-4);
        Assert.Equal(2 * 1 * holds + 3 * holds + 5 * (holds + 1.5), balanced.Loss, 1e-4);
        Assert.Equal(plain.Loss, plain.Score, 1e-4);
        Assert.Equal(plain.Score, heavy.Score, 1e-6);
    }

    private (double Loss, double Score) Losses(object options, IReadOnlyList<Sample> rows)
    {
        using var scope = NewDisposeScope();
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 8, attentionHeads = 2, dropout = 0.0 });
        using var model = new ModelUnderTest(bench, Fit(bench, "multi-label", options, rows));
        using var noGradients = no_grad();
        foreach (var (name, value) in model.Parameters)
            if (name.StartsWith("classifier", StringComparison.Ordinal))
                value.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? 1.5 : 0);
        using var batch = model.Collate(rows);
        var predictions = model.Predict(batch);
        return (model.Objective.Loss(predictions, batch).Single().Sum.item<float>(),
            model.Objective.Score(predictions, batch).Losses.Single().Sum);
    }

    [Fact]
    public void Bad_labels_name_row_and_remedy()
    {
        var train = Rows("a;b", "b", "a");
        var objective = Fit(bench, "multi-label", new { fields = new[] { "labels" } }, train);
        Assert.Contains("data.csv:9: the label 'z' is none of the 2 known (a, b)", Refused(objective, Row("9", "ACGT", ("labels", "a;z"))));
        Assert.Contains("there is no field 'labels' with labels", Refused(objective, Row("9", "ACGT")));
        var flags = Fit(bench, "multi-label", new { fields = new[] { "labels" }, labels = new[] { "x", "y" }, format = "flags" },
            Rows("1 0", "1 0"));
        Assert.Contains("data.csv:9: there are 3 label flags, but 2 labels", Refused(flags, Row("9", "ACGT", ("labels", "1 0 1"))));
        Assert.Contains("(1 2) are not all 0, 1 or NA", Refused(flags, Row("9", "ACGT", ("labels", "1 2"))));
        Assert.Contains("the label 'y' holds in no training row", Refused(flags, Row("9", "ACGT", ("labels", "0 1"))));
        var scored = Fit(bench, "multi-label",
            new { fields = new[] { "labels" }, labels = new[] { "x", "y" }, format = "flags", unseenLabels = "score" }, Rows("1 0", "1 0"));
        Assert.Equal([[0f, 1f]], Targets(scored, [Row("9", "ACGT", ("labels", "0 1"))]));

        string Refused(IObjective of, Sample row) => Assert.Throws<DataException>(() => of.Collate([row], Context(bench))).Message;
    }

    [Fact]
    public void It_keeps_the_objectives_and_models_contract()
    {
        var random = new SeededRandom(8);
        var samples = Enumerable.Range(0, 10)
            .Select(i => Row($"{i}", SampleDna.Sequence(random, 20 + i), ("labels", $"{i % 2} {i / 2 % 2} {(i < 3 ? 1 : 0)}"))).ToList();
        ModelUnderTest Build()
        {
            manual_seed(3);
            bench.UseBackbone("bert-encoder",
                new { layers = 2, width = 32, attentionHeads = 2, maxPositions = 64, dropout = 0.0, attentionDropout = 0.0 });
            return new(bench, Fit(bench, "multi-label", new { fields = new[] { "labels" }, dropout = 0.0 }, samples));
        }
        using (var model = Build()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(Build, samples, steps: 100, learningRate: 5e-3, falls: 0.5);
    }

    [Fact]
    public void Baselines_are_prevalence_and_ridge()
    {
        var random = new SeededRandom(9);
        var samples = Enumerable.Range(0, 120)
            .Select(i =>
            Row($"{i}", (i % 3 == 0 ? "GGGGGGGG" : "") + SampleDna.Sequence(random, 40), ("labels", i % 3 == 0 ? "1 1" : "0 1"))).ToList();
        var objective = Fit(bench, "multi-label", new { fields = new[] { "labels" }, baselineK = 3 }, samples);
        Assert.Equal(["label prevalence", "3-mer ridge"], objective.Card.Baselines.Select(b => b.Name));
        var context = new KitBaselineContext(bench.Tokenizer, objective, samples, samples);
        var prevalence = objective.Card.Baselines[0].Measure(context).First();
        Assert.Equal([1 / 3f, 1f], new[] { prevalence.Outputs![0, 0], prevalence.Outputs[0, 1] });
        var ridge = objective.Card.Baselines[1].Measure(context).First();
        Assert.True(ridge.Outputs![0, 0] > ridge.Outputs[1, 0]);
    }

    [Fact]
    public void The_token_language_answers_each_label_at_a_prompt_of_its_own()
    {
        var samples = Rows("1 0 0", "0 1 0", "0 0 1", "1 1 0", "0 0 1", "1 0 1");
        manual_seed(4);
        bench.UseTokenizer("token-language", new { k = 3, template = "O {sequence} = B B B" });
        bench.UseBackbone("numeric-gpt", new { layers = 2, width = 32, attentionHeads = 4, maxPositions = 64, initializerRange = 0.1 });
        using var model = new ModelUnderTest(bench, Fit(bench, "multi-label", new { fields = new[] { "labels" } }, samples),
            new Dictionary<string,
                ComponentSpec>
            {
                ["labels"] = new("answer-labels-head", new Dictionary<string,
                object?>
                { ["labels"] = 3, ["initializerRange"] = 0.1 })
            });
        ModelChecks.Learns(model, samples, 100, 5e-3, 0.2);
        // An answer reads its own prompt: the row's last tokens, wherever padding begins.
        model.Train(false);
        using var noGradients = no_grad();
        using var alone = model.Collate([samples[0] with { Sequence = "ACGTAC" }]);
        using var beside = model.Collate([samples[0] with { Sequence = "ACGTAC" }, samples[1]]);
        Assert.True((model.Predict(alone)["labels"][0] - model.Predict(beside)["labels"][0]).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        foreach (var offer in bench.Offers.Where(o =>
            o.Name.StartsWith("multi-label", StringComparison.Ordinal) || o.Name == "answer-labels-head")) OptionsChecks.Run(offer);
    }
}
