using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Plugins.Tests.ByteSeq2Seq;

namespace PluginHost.Plugins.Tests.SpanCorruption;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class SpanCorruptionTests
{
    private readonly TinyBytes tokenizer = new();

    private SpanCorruptionObjective Objective(double rate = 0.15, double meanSpan = 20) =>
        new(new SpanCorruptionOptions { Rate = rate, MeanSpan = meanSpan }, tokenizer.Vocabulary);

    private Batch Collate(IObjective objective, IReadOnlyList<Sample> samples, CollateMode mode = CollateMode.Train, ulong seed = 1) =>
        objective.Collate(samples, new CollateContext(tokenizer, 4096, mode, new SeededRandom(seed)));

    [Fact]
    public void Spans_are_T5s() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from length in Gen.Choose(1, 700)
         from rate in Gen.Choose(1, 90)
         from mean in Gen.Choose(10, 400)
         from seed in Gen.Choose(0, 1 << 30)
         select (length, rate: rate / 100.0, mean: mean / 10.0, seed)).ToArbitrary(),
        x =>
        {
            var spans = NoiseSpans.Draw(x.length, x.rate, x.mean, new((ulong)x.seed));
            var hidden = Math.Max(1, Math.Min(Math.Max(1, x.length - 1), (int)Math.Round(x.length * x.rate)));
            var count = Math.Max(1, Math.Min((int)Math.Round(hidden / x.mean), Math.Min(hidden, x.length - hidden)));
            var visible = spans.Select((s, i) => s.Start - (i == 0 ? 0 : spans[i - 1].End)).ToList();
            return spans.Sum(s => s.Length) == hidden && spans.Count == count && spans.All(s => s.Length > 0)
                && (x.length == 1 || visible.All(v => v > 0)) && spans[^1].End == x.length;
        }));

    [Fact]
    public void The_published_settings_hide_what_the_paper_says()
    {
        Assert.Equal((2458, 123), NoiseSpans.Counts(16_384, 0.15, 20));
        Assert.Equal((77, 4), NoiseSpans.Counts(512, 0.15, 20));
    }

    [Fact]
    public void Every_segmentation_is_equally_likely()
    {
        // 6 hidden tokens in 3 spans among 4 visible ones: C(5,2) * C(3,2) = 30 segmentations.
        var seen = new Dictionary<string, int>();
        var random = new SeededRandom(8);
        for (var i = 0; i < 30_000; i++)
        {
            var key = string.Join(' ', NoiseSpans.Draw(10, 0.6, 2, random));
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(30, seen.Count);
        // 1,000 each, deviation 31.
        Assert.All(seen.Values, n => Assert.InRange(n, 840, 1160));
    }

    [Fact]
    public void Input_and_target_together_are_the_sequence() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from lengths in Gen.Choose(1, 300)
            .NonEmptyListOf()
         from seed in Gen.Choose(0, 1 << 30)
         from mean in Gen.Choose(4, 30)
         select (lengths, seed, mean))
            .ToArbitrary(),
        x =>
        {
            using var scope = NewDisposeScope();
            var random = new SeededRandom((ulong)x.seed);
            var samples = x.lengths.Take(6).Select((n, i) => new Sample($"{i}", SampleDna.Sequence(random, n))).ToList();
            using var batch = Collate(Objective(meanSpan: x.mean), samples, seed: (ulong)x.seed);
            var sentinels = new Sentinels(tokenizer.Vocabulary);
            return Corruption.Read(batch).Select((row, i) => tokenizer.Decode(row.Restore(sentinels)) == samples[i].Sequence
                && row.Input[^1] == sentinels.End && row.Target[^1] == sentinels.End && row.Target[0] == sentinels.Ids[0]
                && row.Input.Where(id => sentinels.IndexOf(id) >= 0).SequenceEqual(row.Target.Where(id => sentinels.IndexOf(id) >= 0)))
                    .All(ok => ok);
        }));

    [Fact]
    public void The_decoder_reads_the_target_shifted_right_from_padding_on()
    {
        using var scope = NewDisposeScope();
        using var batch = Collate(Objective(), SampleDna.Random(3, 60, 200));
        var (ids, labels) = (batch[Keys.DecoderIds], batch[Keys.DecoderLabels]);
        Assert.All(ids.select(1, 0).data<long>().ToArray(), id => Assert.Equal(tokenizer.Vocabulary.Pad, (int)id));
        var (rows, length) = ((int)ids.shape[0], (int)ids.shape[1]);
        var (i, l) = (ids.data<long>().ToArray(), labels.data<long>().ToArray());
        for (var b = 0; b < rows; b++)
            for (var u = 1; u < length; u++)
                if (l[b * length + u] != Keys.Ignore) Assert.Equal(l[b * length + u - 1], i[b * length + u]);
        Assert.Equal(l.LongCount(x => x != Keys.Ignore), batch.TargetCounts["span-corruption"]);
    }

    [Fact]
    public void Evaluation_draws_the_same_each_time_and_prediction_hides_nothing()
    {
        using var scope = NewDisposeScope();
        var samples = SampleDna.Random(3, 60, 200);
        var objective = Objective();
        Assert.True(Collate(objective, samples, CollateMode.Evaluate)[Keys.InputIds]
            .Equals(Collate(objective, samples, CollateMode.Evaluate)[Keys.InputIds]));
        using var predict = Collate(objective, samples, CollateMode.Predict);
        Assert.Equal(samples[0].Sequence, tokenizer.Decode([.. predict[Keys.InputIds][0].data<long>().ToArray().Select(id => (int)id)]));
        Assert.Equal([3, 1], predict[Keys.DecoderIds].shape);
        Assert.Equal(0, predict.TargetCounts["span-corruption"]);
    }

    [Fact]
    public void Losses_on_bases_and_sentinels_add_up()
    {
        using var scope = NewDisposeScope();
        using var batch = Collate(Objective(), SampleDna.Random(3, 60, 200), CollateMode.Evaluate);
        var logits = randn(3, batch.Axis("U"), tokenizer.Vocabulary.Count);
        var objective = Objective();
        var predictions = new Predictions(new Dictionary<string, Tensor> { ["lm"] = logits });
        var scored = objective.Score(predictions, batch);
        var losses = scored.Losses.ToDictionary(l => l.Name);
        Assert.Equal(losses["span-corruption"].Sum, losses["loss-on-bases"].Sum + losses["loss-on-sentinels"].Sum, 1e-3);
        Assert.Equal(objective.Loss(predictions, batch).Single().Sum.item<float>(), losses["span-corruption"].Sum, 0.05);
        Assert.Equal(losses["loss-on-bases"].Count, scored.Labels!.Length);
        Assert.All(scored.Labels, label => Assert.False(tokenizer.Vocabulary.IsSpecial(label)));
    }

    [Fact]
    public void A_sequence_of_only_N_is_refused_by_name()
    {
        var message = Assert.Throws<DataException>(() => Collate(Objective(), [new("gap", new string('N', 80)) { Origin = "genome.fa:3" }]))
            .Message;
        Assert.Contains("genome.fa:3", message);
        Assert.Contains("no A, C, G or T", message);
    }

    [Fact]
    public void More_spans_than_sentinels_are_refused() =>
        Assert.Contains("16 sentinels",
            Assert.Throws<UsageException>(() => Collate(Objective(rate: 0.5, meanSpan: 2), SampleDna.Random(1, 400, 400))).Message);

    [Fact]
    public void A_tokenizer_without_sentinels_is_refused() =>
        Assert.Contains("<extra_id_0>",
            Assert.Throws<UsageException>(() => new SpanCorruptionObjective(new(), new(["[PAD]", "A"], ["[PAD]"]))).Message);
}
