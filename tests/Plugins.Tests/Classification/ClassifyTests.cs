using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.Classification;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class ClassifyTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new BertEncoderPlugin(), new ClassificationPlugin());

    public ClassifyTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private long[] Classes(object options, params Sample[] samples)
    {
        using var batch = bench.Build<IObjective>("classify", options)
            .Collate(samples, new CollateContext(bench.Tokenizer, 512, CollateMode.Train, new SeededRandom(1)));
        return batch[Keys.Class].data<long>().ToArray();
    }

    private static Sample Row(string label) =>
        new("r", "ACGTACGT") { Origin = "train.csv:17", Fields = new Dictionary<string, object> { ["label"] = label } };

    [Fact]
    public void Labels_are_indices_or_names()
    {
        Assert.Equal([0, 2, 1], Classes(new { classes = 3 }, Row("0"), Row("2"), Row(" 1 ")));
        Assert.Equal([1, 0, 2],
            Classes(new { labels = new[] { "donor", "acceptor", "neither" } }, Row("acceptor"), Row("0"), Row("neither")));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("donors")]
    public void An_unknown_label_names_row_label_and_known_labels(string label)
    {
        var message = Assert.Throws<DataException>(() => Classes(new { labels = new[] { "donor", "acceptor", "neither" } }, Row(label)))
            .Message;
        Assert.Contains("train.csv:17", message);
        Assert.Contains($"'{label}'", message);
        Assert.Contains("donor, acceptor, neither", message);
    }

    [Fact]
    public void A_missing_label_is_named() =>
        Assert.Contains("sample 'x': there is no label",
            Assert.Throws<DataException>(() => Classes(new { classes = 2 }, new Sample("x", "ACGT"))).Message);

    [Theory]
    [InlineData(1, "at least 2")]
    [InlineData(0, "does not know its classes yet")]
    public void Fewer_than_two_classes_are_refused(int classes, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Classes(new { classes })).Message);

    [Fact]
    public void Contradicting_options_are_refused()
    {
        Assert.Contains("leave 'classes' out",
            Assert.Throws<UsageException>(() => Classes(new { classes = 2, labels = new[] { "a", "b", "c" } })).Message);
        Assert.Contains("twice", Assert.Throws<UsageException>(() => Classes(new { labels = new[] { "a", "a" } })).Message);
        Assert.Contains("3 factors for 2",
            Assert.Throws<UsageException>(() => Classes(new { classes = 2, classWeights = new[] { 1.0, 2, 3 } })).Message);
    }

    [Fact]
    public void Classes_weights_and_what_is_missing_follow_from_the_training_split()
    {
        Sample[] train = [Row("10"), Row("2"), Row("2"), Row("2")];
        var found = Fit(bench, "classify", new { weighting = "balanced" }, train);
        Assert.Equal(["2", "10"], found.Card.OutputNames);
        Assert.Equal(2L, found.Heads.Single().Default.With["classes"]);
        var options = ((IFittedObjective)bench.Build<IObjective>("classify", new { weighting = "balanced" })).Fit(train);
        Assert.Equal([4 / 6.0, 2.0], (double[])options["classWeights"]!);
        Assert.Contains("Every training row has the label '1'",
            Assert.Throws<DataException>(() => Fit(bench, "classify", new { }, [Row("1"), Row("1")])).Message);
    }

    [Fact]
    public void A_label_that_no_training_row_has_is_refused_unless_it_may_be_scored()
    {
        Sample[] train = [Row("donor"), Row("acceptor")];
        string[] labels = ["donor", "acceptor", "neither"];
        var strict = Fit(bench, "classify", new { labels }, train);
        var message = Assert.Throws<DataException>(() => strict.Collate([Row("neither")], Context(bench))).Message;
        Assert.Contains("train.csv:17: the label 'neither' is in no training row", message);
        Assert.Contains("unseenLabels: score", message);
        using var batch = Fit(bench, "classify", new { labels, unseenLabels = "score" }, train).Collate([Row("neither")], Context(bench));
        Assert.Equal(2, batch[Keys.Class].item<long>());
        using var predicted = strict.Collate([Row("neither")], Context(bench, CollateMode.Predict));
    }

    [Fact]
    public void Class_weights_and_smoothing_change_the_loss_but_not_the_score()
    {
        Sample[] rows = [Row("1"), Row("1")];
        manual_seed(1);
        var plain = Loss(new { classes = 2, dropout = 0.0 });
        manual_seed(1);
        var weighted = Loss(new { classes = 2, dropout = 0.0, classWeights = new[] { 2.0, 2.0 } });
        manual_seed(1);
        var smoothed = Loss(new { classes = 2, dropout = 0.0, labelSmoothing = 0.5 });
        Assert.Equal(2 * plain.Loss, weighted.Loss, 1e-5);
        Assert.NotEqual(plain.Loss, smoothed.Loss);
        Assert.Equal(plain.Score, weighted.Score, 1e-6);
        Assert.Equal(plain.Score, smoothed.Score, 1e-6);
        Assert.Equal(plain.Loss, plain.Score, 1e-5);

        (double Loss, double Score) Loss(object options)
        {
            using var scope = NewDisposeScope();
            bench.UseBackbone("bert-encoder", new { layers = 1, width = 8, attentionHeads = 2, dropout = 0.0 });
            using var model = new ModelUnderTest(bench, bench.Build<IObjective>("classify", options));
            using var batch = model.Collate(rows);
            model.Train(false);
            foreach (var (name, value) in model.Parameters)
                if (name == "classifier.bias") using (no_grad()) value.narrow(0, 0, 1).fill_(1.5);
            var predictions = model.Predict(batch);
            var term = model.Objective.Loss(predictions, batch).Single();
            var scored = model.Objective.Score(predictions, batch);
            return (term.Sum.item<float>(), scored.Losses.Single().Sum);
        }
    }

    [Theory]
    [InlineData("cls", false)]
    [InlineData("mean", false)]
    [InlineData("mean", true)]
    public void It_keeps_the_objectives_and_models_contract(string pooling, bool skipSpecialTokens)
    {
        var samples = SampleDna.Random(10, 20, 60, classes: 3);
        ModelUnderTest Build()
        {
            manual_seed(3);
            bench.UseBackbone("bert-encoder",
                new { layers = 2, width = 32, attentionHeads = 2, maxPositions = 64, dropout = 0.0, attentionDropout = 0.0 });
            return new(bench, bench.Build<IObjective>("classify", new { classes = 3, pooling, skipSpecialTokens, dropout = 0.0 }));
        }
        using (var model = Build()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(Build, samples, steps: 150, learningRate: 5e-3, falls: pooling == "cls" ? 0.5 : 0.05);
    }

    [Fact]
    public void The_head_has_the_published_names()
    {
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 8, attentionHeads = 2 });
        using var head = bench.Build<Head>("classification-head", new { classes = 5 });
        Assert.Equal(["classifier.weight", "classifier.bias"], head.named_parameters().Select(p => $"{head.StatePrefix}.{p.name}"));
        Assert.Equal([5, 8], head.named_parameters().First().parameter.shape);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        foreach (var offer in bench.Offers) OptionsChecks.Run(offer);
    }
}
