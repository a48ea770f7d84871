using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Samples;

using static TorchSharp.torch;

[Collection("sample plugins")]
public sealed class ContrastSampleTests(SamplePlugins plugins)
{
    private ModelUnderTest Model(object? options = null)
    {
        var bench = plugins.Bench("KMer", "BertEncoder", "Contrast");
        bench.UseTokenizer("kmer", new { k = 1 });
        bench.UseBackbone("bert-encoder", new { layers = 1L, width = 16L, attentionHeads = 2L, maxPositions = 64L });
        return new(bench, bench.Build<IObjective>("contrast", options ?? new { width = 8L }));
    }

    [Fact]
    public void It_does_what_the_contract_asks() => ObjectiveChecks.Run(Model(), SampleDna.Random(6, 20, 50));

    [Fact]
    public void Views_are_stretches_of_either_strand_with_substitutions()
    {
        using var model = Model(new { width = 8L, crop = 0.5, mutations = 0.0 });
        var samples = SampleDna.Random(20, 40, 40);
        using var batch = model.Collate(samples);
        Assert.Equal(Enumerable.Range(0, 40).Select(row => row / 2), batch.SampleOfRow);
        Assert.Equal(20, batch.Samples.Count);
        var (turned, lengths) = (0, new HashSet<int>());
        for (var row = 0; row < 40; row++)
        {
            var view = model.Tokenizer.Decode([.. batch[Keys.InputIds][row].masked_select(batch[Keys.AttentionMask][row])
                .data<long>().ToArray().Select(id => (int)id)]);
            var whole = samples[row / 2].Sequence;
            var isTurned = !whole.Contains(view);
            Assert.True(!isTurned || Iupac.ReverseComplement(whole).Contains(view));
            Assert.InRange(view.Length, 20, 40);
            lengths.Add(view.Length);
            if (isTurned) turned++;
        }
        Assert.InRange(turned, 10, 30);
        Assert.True(lengths.Count > 8);
    }

    [Fact]
    public void The_loss_is_the_cross_entropy_of_finding_the_other_view()
    {
        using var scope = NewDisposeScope();
        using var model = Model(new { width = 2L, temperature = 0.5 });
        using var batch = model.Collate(SampleDna.Random(2, 20, 20));
        // Two sequences: views of the first at 0 and 90 degrees, of the second at 180 and 270.
        var vectors = tensor(new float[,] { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } });
        var term = Assert.Single(model.Objective.Loss(new(new Dictionary<string, Tensor> { ["projection"] = vectors }), batch));
        // Similarities of each view to the others: 0 to its partner, 0 and -1 to the wrong ones; divided by one half.
        var expected = 4 * Math.Log(Math.Exp(0) + Math.Exp(0) + Math.Exp(-2));
        Assert.Equal(expected, term.Sum.item<float>(), 1e-5);
        Assert.Equal(4, term.Count);
    }

    [Fact]
    public void Recall_is_the_share_of_views_whose_nearest_is_their_partner()
    {
        var metric = plugins.Build<IMetric>(new("view-recall"));
        metric.Add(new() { Ids = ["a", "a", "b", "b"], Outputs = new float[,] { { 2, 0 }, { 1, 0.1f }, { 0, 5 }, { 1, 0.2f } } });
        // The second and the last are nearer to each other than to their partners.
        Assert.Equal(0.5, metric.Value);
    }

    [Fact]
    public void Its_pipeline_learns_to_tell_sequences_apart()
    {
        var run = plugins.Run("contrast.yaml", "contrast", "tokenizer.k=3", "architecture.layers=1", "architecture.width=32",
            "stages.0.train.steps=40", "stages.0.train.batchTokens=4096", "stages.0.train.evaluateEvery=40",
            "stages.0.train.evaluateSamples=200");
        var stage = SamplePlugins.Stage(run, "pretrain");
        // By chance one of 399.
        Assert.InRange((double)stage["metrics"]!["view-recall"]!, 10 / 399.0, 1);
        Assert.InRange((double)stage["baselines"]!["4-mer counts"]!["view-recall"]!, 0.5, 1);

        var table = plugins.At("vectors.tsv");
        plugins.Host("predict", run, Path.Combine(Repository.Root, "samples", "evolution", "dev.csv"), "--output", table, "--device", "cpu",
            "--data", "sequence=parent", "--data", "label=none");
        Assert.Equal(1 + 90, File.ReadLines(table).Count());
        Assert.Equal(64, File.ReadLines(table).First().Split('\t').Count(column => int.TryParse(column, out _)));
    }
}
