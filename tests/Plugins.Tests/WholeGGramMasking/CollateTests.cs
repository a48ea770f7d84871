using System.Text.Json;
using PluginHost.Libs.Masking;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.Tests.BertEncoder;
using PluginHost.Plugins.Tests.GGram;
using PluginHost.Plugins.WholeGGramMasking;

namespace PluginHost.Plugins.Tests.WholeGGramMasking;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class CollateTests : IDisposable
{
    private readonly GGramBench bench = new(3, null, null, new BertEncoderPlugin(), new MaskedLmPlugin());
    private readonly ITokenizer tokenizer;
    private readonly IReadOnlyList<Sample> samples = [.. RealData.Samples("fly_splice/train.csv").Take(64)];

    public CollateTests()
    {
        // A fifth of all pairs, and some of three tokens: about seven in a sequence.
        var words = (from a in "ACGT" from b in "ACGT" from c in "ACGT" select $"{a}{b}{c}").ToArray();
        var pairs = Enumerable.Range(0, 4096).Where(i => i % 5 == 0).Select(i => $"{words[i / 64]} {words[i % 64]}").ToList();
        tokenizer = bench.Use(
            [.. pairs, .. pairs.SelectMany((pair, i) => words.Where((_, j) => (i + j) % 7 == 0).Select(word => $"{pair} {word}"))]);
    }

    public void Dispose() => bench.Dispose();

    private Batch Collate(object? options = null, CollateMode mode = CollateMode.Train, IReadOnlyList<Sample>? from = null,
        ulong seed = 1) =>
        bench.Bench.Build<IObjective>("whole-ggram-masking", options)
            .Collate(from ?? samples, new CollateContext(tokenizer, 512, mode, new SeededRandom(seed)));

    private static T[] Read<T>(Batch batch, BatchKey key) where T : unmanaged => batch[key].data<T>().ToArray();

    [Fact]
    public void The_objective_keeps_the_contract()
    {
        foreach (var options in new object[] { new { }, new { wholeGGram = false },
            new { rateOf = "hidden", cascade = "all", fixedPositions = 200 } })
        {
            bench.Bench.UseBackbone("bert-encoder",
                new { layers = 1, width = 16, attentionHeads = 2, feedForward = 32, maxPositions = 64 });
            using var model = new ModelUnderTest(bench.Bench, bench.Bench.Build<IObjective>("whole-ggram-masking", options));
            ObjectiveChecks.Run(model, [.. samples.Take(8)]);
        }
    }

    [Fact]
    public void Masked_lm_refuses_a_tokenizer_whose_ggrams_show_what_it_hides() =>
        Assert.Contains("still tells the model", Assert.Throws<UsageException>(() => bench.Bench.Build<IObjective>("masked-lm")).Message);

    [Fact]
    public void Labels_are_the_original_tokens_and_all_else_is_untouched()
    {
        using var batch = Collate();
        var (ids, positions, labels, atMask) =
            (Read<long>(batch, Keys.InputIds), Read<long>(batch, Keys.Positions), Read<long>(batch, Keys.PositionLabels),
                Read<bool>(batch, ScoredPositions.AtMask));
        var length = batch.Axis("T");
        var scored = positions.ToHashSet();
        for (var m = 0; m < positions.Length; m++)
        {
            Assert.Equal(batch.Encodings[(int)(positions[m] / length)].Ids[positions[m] % length], labels[m]);
            Assert.Equal(atMask[m], ids[positions[m]] == 4);
        }
        for (var b = 0; b < samples.Count; b++)
            for (var t = 0; t < batch.Encodings[b].Ids.Length; t++)
                if (!scored.Contains(b * length + t)) Assert.Equal(batch.Encodings[b].Ids[t], ids[b * length + t]);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void Of_hidden_tokens_eight_in_ten_are_masked_one_replaced_one_kept()
    {
        using var batch = Collate(from: RealData.Samples("fly_splice/train.csv"));
        var (ids, positions, labels) =
            (Read<long>(batch, Keys.InputIds), Read<long>(batch, Keys.Positions), Read<long>(batch, Keys.PositionLabels));
        Assert.InRange(positions.Count(p => ids[p] == 4) / (double)positions.Length, 0.785, 0.815);
        Assert.InRange(positions.Where((p, m) => ids[p] == labels[m]).Count() / (double)positions.Length, 0.09, 0.115);
        Assert.DoesNotContain(positions, p => ids[p] < 4);
    }

    /// <summary>The leak the paper's footnote speaks of: whatever the hidden tokens are, the encoders are shown the same.</summary>
    [Theory]
    [InlineData(true, "none")]
    [InlineData(true, "all")]
    [InlineData(false, "none")]
    public void Visible_ggrams_are_those_that_visible_tokens_spell(bool whole, string cascade)
    {
        using var batch = Collate(new { wholeGGram = whole, cascade, maskShare = 1.0, randomShare = 0.0 });
        var (ids, length, places) = (Read<long>(batch, Keys.InputIds), (int)batch.Axis("T"), (int)batch.Axis("G"));
        var (ggrams, mask, match) = (Read<long>(batch, Plugins.WholeGGramMasking.Columns.Ids),
            Read<bool>(batch, Plugins.WholeGGramMasking.Columns.Mask), Read<bool>(batch, Plugins.WholeGGramMasking.Columns.Match));
        var hidden = 0;
        for (var b = 0; b < samples.Count; b++)
        {
            // Every hidden token is [MASK] here, so matching what the model sees finds what visible tokens spell.
            var shown = tokenizer.Decode([.. ids[(b * length)..((b + 1) * length)].Select(i => (int)i)]);
            var expected = tokenizer.Encode(new("x", shown), new());
            var wanted = (long[])expected.Attached[Plugins.WholeGGramMasking.Columns.Ids];
            hidden += ((long[])batch.Encodings[b].Attached[Plugins.WholeGGramMasking.Columns.Ids]).Length - wanted.Length;
            var matched = (bool[,])expected.Attached[Plugins.WholeGGramMasking.Columns.Match];
            for (var g = 0; g < places; g++)
            {
                Assert.Equal(g < wanted.Length ? wanted[g] : 0, ggrams[b * places + g]);
                Assert.Equal(g < wanted.Length, mask[b * places + g]);
                for (var t = 0; t < length; t++)
                    Assert.Equal(g < wanted.Length && t < matched.GetLength(0) && matched[t, g], match[(b * length + t) * places + g]);
            }
        }
        Assert.InRange(hidden, 80, int.MaxValue);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_fixed_number_of_positions_is_kept_exactly(int count)
    {
        using var batch = Collate(new { fixedPositions = count });
        var labels = Read<long>(batch, Keys.PositionLabels);
        Assert.Equal(count, labels.Length);
        Assert.Equal(batch.TargetCounts["masked-lm"], labels.Count(l => l != Keys.Ignore));
        using var free = Collate();
        Assert.Equal(Math.Min(count, free.TargetCounts["masked-lm"]), batch.TargetCounts["masked-lm"]);
    }

    [Fact]
    public void A_sequence_of_only_N_has_nothing_to_hide()
    {
        using var none = Collate(from: [new("all", "NNNNNNNNN")]);
        Assert.Equal(0, none.TargetCounts["masked-lm"]);
        Assert.Equal([Keys.Ignore], Read<long>(none, Keys.PositionLabels));
        Assert.Contains("sample 'e'", Assert.Throws<DataException>(() => Collate(from: [new("e", "")])).Message);
    }

    [Fact]
    public void A_tokenizer_without_ggrams_is_refused()
    {
        bench.Bench.UseTokenizer("kmer", new { k = 3 });
        Assert.Contains("use: ggram", Assert.Throws<UsageException>(() => bench.Bench.Build<IObjective>("whole-ggram-masking")).Message);
    }

    [Fact]
    public void Loss_and_gradient_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        var golden = GGramBench.Golden("masking").GetProperty("loss");
        var labels = golden.GetProperty("labels").EnumerateArray().Select(l => l.GetInt64()).ToArray();
        var logits_MV = new TorchSharp.Modules.Parameter(zeros(labels.Length, 69));
        Formula.Fill("logits", logits_MV);
        using var batch = new Batch([], []).Set(Keys.PositionLabels, tensor(labels)).SetTargets("masked-lm", labels.Length);
        var term = bench.Bench.Build<IObjective>("whole-ggram-masking")
            .Loss(new Predictions(new Dictionary<string, Tensor> { ["lm"] = logits_MV }), batch).Single();
        var expected = golden.GetProperty("sum").GetDouble();
        Assert.InRange(term.Sum.item<float>(), expected * (1 - 1e-4), expected * (1 + 1e-4));
        term.Sum.backward();
        Formula.Agrees("logits", golden.GetProperty("gradient"), logits_MV.grad!);
    }

    [Fact]
    public void Its_options_keep_their_limits()
    {
        foreach (var offer in bench.Bench.Offers.Where(o => o.Name == "whole-ggram-masking")) OptionsChecks.Run(offer);
        Assert.Contains("more than 1", Assert.Throws<UsageException>(() => Collate(new { maskShare = 0.8, randomShare = 0.3 })).Message);
    }
}
