using System.IO.Compression;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Plugins.Samples;

using static TorchSharp.torch;

[Collection("sample plugins")]
public sealed class SignalSampleTests(SamplePlugins plugins)
{
    private IDataSource Source(string track, bool pack = false)
    {
        var (fasta, file) = (plugins.At($"{Guid.NewGuid():N}.fa"), plugins.At($"{Guid.NewGuid():N}.track"));
        File.WriteAllText(fasta, ">chr1:11-20\nACGTACGTAC\n>chr1:31-40(-)\nTTTTTCCCCC\n");
        using (var stream = File.Create(file))
        using (var writer = new StreamWriter(pack ? new GZipStream(stream, CompressionLevel.Fastest) : stream)) writer.Write(track);
        return plugins.Build<IDataSource>(new("signal", new Dictionary<string, object?>
        {
            ["track"] = file,
            ["data"] = new ComponentSpec("fasta", new Dictionary<string, object?>
            {
                ["path"] = new[] { fasta }, ["how"] = "whole", ["as"] = "any",
            }),
        }));
    }

    private static string Values(IDataSource source, int sample) =>
        string.Join(' ', source.Open(Split.Train)!.Get(sample, new SeededRandom(1)).Vector("signal")
            .Select(value => float.IsNaN(value) ? "-" : $"{value}"));

    // In every format: bases 10 to 12 of chr1 (0-based) are 1, base 14 is 2.5, bases 30 and 31 are 7.
    public static TheoryData<string> Formats =>
    [
        "track type=bedGraph\n# a comment\nchr1 30 32 7\nchr1\t10\t13\t1\nchr1\t14\t15\t2.5\nchr2\t0\t100\t9\n",
        "fixedStep chrom=chr1 start=11 step=1\n1\n1\n1\nfixedStep chrom=chr1 start=15 step=5\n2.5\n"
            + "fixedStep chrom=chr1 start=31 step=1\n7\n7\n",
        "variableStep chrom=chr1 span=3\n11 1\nvariableStep chrom=chr1\n15 2.5\n31 7\n32 7\n",
    ];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bases_have_the_numbers_of_their_places_on_either_strand(string track)
    {
        foreach (var pack in (bool[])[false, true])
        {
            var source = Source(track, pack);
            Assert.Equal("1 1 1 - 2.5 - - - - -", Values(source, 0));
            // The reverse strand's first base is the place's last.
            Assert.Equal("- - - - - - - - 7 7", Values(source, 1));
            Assert.Equal(2, source.Files.Count);
        }
    }

    [Theory]
    [InlineData("chr1 10 13 1\nchr1 12 14 2\n", "two values for base 12 (counted from 0) of chr1")]
    [InlineData("chr1 10 13 1\nchr1 14 2\n", ".track:2: 'chr1 14 2' is no line of a track")]
    [InlineData("chr1 13 10 1\n", ".track:1: 'chr1 13 10 1' is no line of a track")]
    [InlineData("fixedStep chrom=chr1\n1\n", ".track:1: 'fixedStep chrom=chr1' is no line of a track")]
    [InlineData("# nothing\n", "has no values")]
    [InlineData("1 10 13 1\n", "has no value for the first 2 sequences of Train, such as chr1:11-20")]
    public void A_track_that_cannot_be_meant_is_refused_in_a_sentence(string track, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<DataException>(() => Source(track).Open(Split.Train)).Message);

    private ModelUnderTest Model(long k)
    {
        var bench = plugins.Bench("KMer", "BertEncoder", "SignalTrack");
        bench.UseTokenizer("kmer", new { k });
        bench.UseBackbone("bert-encoder", new { layers = 1L, width = 16L, attentionHeads = 2L, maxPositions = 64L });
        return new(bench, bench.Build<IObjective>("signal-regression", new { mean = 1.0, deviation = 2.0 }));
    }

    private static Sample Signalled(Sample sample) => sample with
    {
        Fields = new Dictionary<string, object>
        {
            ["signal"] = sample.Sequence.Select((c, i) => i % 7 == 3 ? float.NaN : "ACGT".IndexOf(c)).ToArray(),
        },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void It_does_what_the_contract_asks(long k)
    {
        IReadOnlyList<Sample> samples = [.. SampleDna.Random(8, 12, 30).Select(Signalled)];
        using (var model = Model(k)) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(() => Model(k), samples, steps: 150, learningRate: 1e-2);
    }

    [Fact]
    public void The_token_around_a_base_answers_for_it_and_missing_bases_count_nowhere()
    {
        using var scope = NewDisposeScope();
        using var model = Model(3);
        using var batch = model.Collate([Signalled(new("x", "ACGTACGT"))], CollateMode.Evaluate);
        var tokens = batch[batch.Columns.Single(c => c.Name == "signal_tokens")];
        // [CLS], six words, [SEP]: the second base is the middle of the first word, the last but one that of the last.
        Assert.Equal([1, 1, 2, 3, 4, 5, 6, 6], tokens.data<long>().ToArray());
        Assert.Equal(7, batch.TargetCounts["signal"]);

        // Each token predicts its own place, in deviations of 2 from the mean of 1.
        var predictions = new Predictions(new Dictionary<string, Tensor> { ["signal"] = arange(8, ScalarType.Float32).unsqueeze(0) });
        var scored = model.Objective.Score(predictions, batch);
        Assert.Equal([0, 1, 2, 4, 5, 6, 7], scored.Spans.Select(s => s.Start));
        Assert.Equal([3, 3, 5, 9, 11, 13, 13], scored.Outputs!.Cast<float>());
        var expected = scored.Outputs!.Cast<float>().Zip(scored.Targets!.Cast<float>(), (o, t) => (o - t) * (o - t) / 4.0).Sum();
        Assert.Equal(expected, Assert.Single(scored.Losses).Sum, 1e-6);
        Assert.Equal(expected, model.Objective.Loss(predictions, batch)[0].Sum.item<float>(), 1e-4);
    }

    [Fact]
    public void Its_pipeline_learns_more_than_the_bases_around_say()
    {
        var run = plugins.Run("signal.yaml", "signal", "stages.0.train.steps=60", "stages.0.train.evaluateEvery=60",
            "stages.0.train.precision=fp32", "architecture.width=32", "architecture.layers=1", "stages.0.train.batchTokens=2048",
            "stages.0.train.learningRate=5.0e-3");
        var stage = SamplePlugins.Stage(run, "finetune");
        double Figure(string? baseline, string name) =>
            (double)(baseline is null ? stage["metrics"]! : stage["baselines"]![baseline]!)[name]!;
        Assert.Equal(1, Figure("mean of the training bases", "loss"), 0.2);
        Assert.InRange(Figure("mean by the 3 bases around", "pearson"), 0.2, 0.6);
        Assert.True(Figure(null, "loss") < Figure("mean of the training bases", "loss"));
    }
}
