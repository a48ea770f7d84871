using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.Decoders;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.Seq2Seq;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Plugins.Tests.ByteSeq2Seq;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.Seq2Seq;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

[Collection(TorchCollection.Name)]
public sealed class Seq2SeqTests
{
    private const int Pad = 0, End = 1, A = 3, C = 4, G = 5, T = 6, Separator = 8;

    private readonly Workbench bench = new(new TinyBytes(), new ByteSeq2SeqPlugin(), new NumericGptPlugin(), new TokenLanguagePlugin(),
        new SpanCorruptionPlugin(), new Seq2SeqPlugin(), new DecodersPlugin(), new BertEncoderPlugin());

    private static Sample Pair(string source, string target) =>
        new(source, source) { Fields = new Dictionary<string, object> { ["target"] = target } };

    private ModelUnderTest Bytes(int encoderLayers = 1, object? options = null)
    {
        bench.UseTokenizer("tiny-bytes");
        bench.UseBackbone("byte-seq2seq", new
        {
            width = 16, headWidth = 8, attentionHeads = 2, feedForward = 32, encoderLayers, decoderLayers = 1, attention = "dense",
            globalBlocks = 0, maxTokens = 40, maxTargetTokens = 12, dropout = 0.0, attentionDropout = 0.0,
        });
        return new(bench, bench.Build<IObjective>("seq2seq", options));
    }

    private static long[] Column(Batch batch, BatchKey key) => batch[key].flatten().data<long>().ToArray();

    [Fact]
    public void An_encoder_reads_the_source_and_the_decoder_is_asked_for_the_target_and_its_end()
    {
        using var model = Bytes();
        using var batch = model.Collate([Pair("ACG", "ACGT"), Pair("TT", "T")]);
        Assert.Equal([A, C, G, End, T, T, End, Pad], Column(batch, Keys.InputIds));
        Assert.Equal([Pad, A, C, G, T, Pad, T, Pad, Pad, Pad], Column(batch, Keys.DecoderIds));
        Assert.Equal([A, C, G, T, End, T, End, -100, -100, -100], Column(batch, Keys.DecoderLabels));
        Assert.Equal(7, batch.TargetCounts["seq2seq"]);
    }

    [Fact]
    public void A_causal_model_reads_both_as_one_sequence_and_is_asked_for_the_target_alone()
    {
        using var model = Bytes(encoderLayers: 0);
        using var batch = model.Collate([Pair("ACG", "AT"), Pair("T", "T")]);
        Assert.Equal([A, C, G, Separator, A, T, End, T, Separator, T, End, Pad, Pad, Pad], Column(batch, Keys.InputIds));
        Assert.Equal([3, 4, 5, 8, 9], Column(batch, Keys.Positions));
        Assert.Equal([A, T, End, T, End], Column(batch, Keys.PositionLabels));
        Assert.Equal(5, batch.TargetCounts["seq2seq"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Noise_is_read_in_training_and_never_asked_for(int encoderLayers)
    {
        using var model = Bytes(encoderLayers, new { inputNoise = 0.9 });
        using var batch = model.Collate([Pair("ACGT", "ACGTACGTAC")]);
        int[] target = [A, C, G, T, A, C, G, T, A, C];
        var (ids, labels) = encoderLayers > 0 ? (Column(batch, Keys.DecoderIds)[1..], Column(batch, Keys.DecoderLabels))
            : (Column(batch, Keys.InputIds)[5..^1], Column(batch, Keys.PositionLabels));
        Assert.Equal([.. target, End], labels.Select(l => (int)l));
        Assert.NotEqual(target, ids.Select(i => (int)i));
        Assert.All(ids, id => Assert.InRange(id, A, T));
        using var scored = model.Collate([Pair("ACGT", "ACGTACGTAC")], CollateMode.Evaluate);
        Assert.Equal(target, (encoderLayers > 0 ? Column(scored, Keys.DecoderIds)[1..] : Column(scored, Keys.InputIds)[5..^1])
            .Select(i => (int)i));
    }

    [Fact]
    public void What_a_model_writes_on_from_holds_no_target()
    {
        using (var model = Bytes())
        using (var batch = model.Collate([new("a", "ACG")], CollateMode.Predict))
            Assert.Equal(((long[])[A, C, G, End], (long[])[Pad]), (Column(batch, Keys.InputIds), Column(batch, Keys.DecoderIds)),
                (x, y) => x.Item1.SequenceEqual(y.Item1) && x.Item2.SequenceEqual(y.Item2));
        using (var model = Bytes(encoderLayers: 0))
        using (var batch = model.Collate([new("a", "ACG")], CollateMode.Predict))
            Assert.Equal([A, C, G, Separator], Column(batch, Keys.InputIds));
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.2)]
    public void The_loss_is_the_cross_entropy_of_the_target_by_hand(int encoderLayers, double smoothing)
    {
        using var scope = NewDisposeScope();
        using var model = Bytes(encoderLayers, new { labelSmoothing = smoothing });
        model.Train(false);
        using var batch = model.Collate([Pair("ACG", "ATG"), Pair("TTAC", "TA")], CollateMode.Evaluate);
        var predictions = model.Predict(batch);
        var term = model.Objective.Loss(predictions, batch).Single();
        var key = encoderLayers > 0 ? Keys.DecoderLabels : Keys.PositionLabels;
        var logits = predictions["lm"].reshape(-1, predictions["lm"].shape[^1]).log_softmax(-1);
        var labels = Column(batch, key);
        var (plain, smooth) = (0.0, 0.0);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Keys.Ignore) continue;
            plain -= logits[i, labels[i]].item<float>();
            smooth -= logits[i].mean().item<float>();
        }
        Assert.Equal(7, term.Count);
        Assert.Equal((1 - smoothing) * plain + smoothing * smooth, term.Sum.item<float>(), 3);
        // Figures are without smoothing; ATG differs from ACG in one place.
        var scored = model.Objective.Score(predictions, batch);
        Assert.Equal(plain, scored.Losses.Single(l => l.Name == "seq2seq").Sum, 3);
        Assert.Equal(1, scored.Losses.Single(l => l.Name == "loss-on-changes").Count);
        Assert.Equal(5, scored.Labels!.Length);
        Assert.Equal(scored.Losses.Single(l => l.Name == "seq2seq").Sum, scored.RowLosses.Sum(r => r[0].Sum), 3);
    }

    [Fact]
    public void Dnagpts_language_is_written_too()
    {
        bench.UseTokenizer("token-language", new { k = 3 });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 16, attentionHeads = 2, maxPositions = 64 });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("seq2seq", new { separator = "<=>", end = "<!>" }));
        using var batch = model.Collate([Pair("ACGACG", "ACG")]);
        var vocabulary = bench.Tokenizer.Vocabulary;
        Assert.Equal(["ACG", "ACG", "<=>", "ACG", "<!>"], Column(batch, Keys.InputIds).Select(id => vocabulary.Tokens[(int)id]));
        Assert.Equal([2, 3], Column(batch, Keys.Positions));
    }

    [Fact]
    public void Exact_matches_and_edit_distances_are_those_by_hand()
    {
        var scored = Writing.Compare([("ACGT", "ACGT"), ("ACG", "ACGT"), ("TTGT", "ACGT")]);
        Assert.Equal((1, 3L), (scored.Losses[0].Sum, scored.Losses[0].Count));
        Assert.Equal((3, 3L), (scored.Losses[1].Sum, scored.Losses[1].Count)); // 0 + 1 + 2
        var metric = new ExactMatch();
        metric.Add(scored);
        Assert.Equal(1.0 / 3, metric.Value, 12);
    }

    [Fact]
    public void Copying_is_the_baseline_and_costs_what_training_says()
    {
        using var model = Bytes();
        // Of the four places of each pair, the end among them, one changes: 2 of 8 in all.
        var context = new KitBaselineContext(bench.Tokenizer, model.Objective, [Pair("ACG", "ATG"), Pair("GGG", "GGA")],
            [Pair("ACG", "ACG"), Pair("CCC", "CCA")]);
        var copy = model.Objective.Card.Baselines.Single(b => b.Name == "copy of the source").Measure(context).ToList();
        var kept = (1 + 6.0) / (2 + 8);
        Assert.Equal(-4 * Math.Log(kept), copy[0].Losses[0].Sum, 9);
        Assert.Equal(-3 * Math.Log(kept) - Math.Log((1 - kept) / (bench.Tokenizer.Vocabulary.Count - 1)), copy[1].Losses[0].Sum, 9);
        Assert.Equal((1, 1), (copy[2].Losses[0].Sum, copy[2].Losses[1].Sum)); // one exact, one edit
    }

    [Fact]
    public void What_cannot_be_is_said_in_a_sentence()
    {
        using (var model = Bytes())
        {
            Assert.Contains("there is no field 'target'", Assert.Throws<DataException>(() => model.Collate([new("a", "ACG")])).Message);
            Assert.Contains("is empty", Assert.Throws<DataException>(() => model.Collate([Pair("ACG", "")])).Message);
            Assert.Contains("'X' at position 2", Assert.Throws<DataException>(() => model.Collate([Pair("ACG", "AXG")])).Message);
            Assert.Contains("13 tokens, more than the 12 the decoder takes",
                Assert.Throws<DataException>(() => model.Collate([Pair("ACG", new string('A', 12))])).Message);
        }
        using (var model = Bytes(encoderLayers: 0))
            Assert.Contains("have 42 tokens, more than the model's 40",
                Assert.Throws<DataException>(() => model.Collate([Pair(new string('A', 20), new string('A', 20))])).Message);
        Assert.Contains("no token '?' for the option 'separator'",
            Assert.Throws<UsageException>(() => Bytes(0, new { separator = "?" })).Message);
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 16, attentionHeads = 2, maxPositions = 40 });
        Assert.Contains("needs an encoder-decoder or a causal architecture",
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("seq2seq")).Message);
    }
}
