using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Supervised;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.Tests.GGramEncoder;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.Supervised;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class PairEncodingTests
{
    private readonly Workbench bench =
        new(new KMerPlugin(), new BertEncoderPlugin(), new ClassificationPlugin(), new GGramWordsPlugin(), new WordsPlugin());

    public PairEncodingTests() => bench.UseTokenizer("kmer", new { k = 3 });

    private string Text(string first, string second, int maxTokens = 64)
    {
        var encoding = PairEncoding.Encode(Row("1", first, ("other", second)), "other", Context(bench, maxTokens: maxTokens));
        Assert.True(encoding.TryGet<long>(Keys.TokenTypes, out var types));
        return string.Join(' ', encoding.Ids.Zip(types, (id, type) => $"{bench.Tokenizer.Vocabulary.Tokens[id]}{type}"));
    }

    [Fact]
    public void Both_stand_in_one_row_with_separators_and_types() =>
        Assert.Equal("[CLS]0 ACG0 CGT0 [SEP]0 TTG1 TGC1 [SEP]1", Text("ACGT", "uugc"));

    [Fact]
    public void The_longer_one_is_cut_first()
    {
        Assert.Equal("[CLS]0 ACG0 CGT0 GTA0 TAC0 [SEP]0 TTG1 [SEP]1", Text("ACGTACGTACGT", "TTG", 8));
        Assert.Equal("[CLS]0 ACG0 [SEP]0 TTG1 TGC1 GCA1 CAA1 [SEP]1", Text("ACG", "TTGCAAAAAA", 8));
    }

    [Fact]
    public void Rows_keep_the_limit_and_are_counted_as_they_are_encoded() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from a in Gen.Choose(1, 40) from b in Gen.Choose(1, 40) from limit in Gen.Choose(8, 90) select (a, b, limit)).ToArbitrary(), t =>
        {
            var random = new SeededRandom((ulong)(t.a * 1000 + t.b));
            var sample = Row("1", SampleDna.Sequence(random, t.a), ("other", SampleDna.Sequence(random, t.b)));
            var encoding = PairEncoding.Encode(sample, "other", Context(bench, maxTokens: t.limit));
            return encoding.Ids.Length == PairEncoding.Count(sample, "other", bench.Tokenizer, new EncodeContext(t.limit))
                && encoding.Ids.Length <= t.limit
                && encoding.Spans.Where(s => s.Length > 0).All(s => s.End <= t.a);
        }));

    [Fact]
    public void What_a_tokenizer_attaches_stays_with_its_own_sequence()
    {
        bench.UseTokenizer("ggram-words");
        var sample = Row("1", "ACGTACGTACGTACGT", ("other", "ACGTACGTACGTACGT"));
        var (first, second) = (Context(bench).EncodeWithin(sample, 64, true), Context(bench).EncodeWithin(sample, 64, false));
        var pair = PairEncoding.Encode(sample, "other", Context(bench));
        foreach (var (key, values) in pair.Attached.Where(a => a.Value.Rank == 2))
        {
            var sums = (Array array) => array.Cast<bool>().Count(v => v);
            Assert.Equal(sums(first.Attached[key]) + sums(second.Attached[key]), sums(values));
            var (match, tokens) = ((bool[,])values, first.Ids.Length);
            var own = first.Attached[key].GetLength(1);
            for (var t = 0; t < match.GetLength(0); t++)
                for (var g = 0; g < match.GetLength(1); g++)
                    if (match[t, g]) Assert.Equal(t < tokens, g < own);
        }
        Assert.Contains(pair.Attached.Keys, k => k.AxisNames.Count == 3);
    }

    [Fact]
    public void A_missing_or_empty_second_sequence_is_named()
    {
        Assert.Contains("there is no field 'other'",
            Assert.Throws<DataException>(() => PairEncoding.Second(Row("1", "ACGT"), "other")).Message);
        Assert.Contains("data.csv:4: the second sequence, field 'other', is empty",
            Assert.Throws<DataException>(() => PairEncoding.Second(Row("4", "ACGT", ("other", " ")), "other")).Message);
        Assert.Contains("data.csv:4, field 'other': 'X' at position 2",
            Assert.Throws<DataException>(() => PairEncoding.Second(Row("4", "ACGT", ("other", "AXG")), "other")).Message);
    }

    [Fact]
    public void Token_types_reach_a_backbone_that_has_them()
    {
        manual_seed(2);
        bench.UseBackbone("bert-encoder",
            new { layers = 1, width = 8, attentionHeads = 2, maxPositions = 32, dropout = 0.0, attentionDropout = 0.0 });
        using var model = new ModelUnderTest(bench,
            bench.Build<IObjective>("classify", new { classes = 2, pair = "other", pooling = "mean", dropout = 0.0 }));
        model.Train(false);
        using var noGradients = no_grad();
        Sample[] rows = [Row("1", "ACGTAC", ("other", "TTGCAT"), ("label", "1"))];
        using var batch = model.Collate(rows);
        var with = model.Predict(batch)["class"];
        batch.Set(Keys.TokenTypes, zeros_like(batch[Keys.TokenTypes]));
        Assert.True((with - model.Predict(batch)["class"]).abs().max().item<float>() > 1e-5);
    }

    [Fact]
    public void Pairs_keep_the_contract_and_are_learned()
    {
        // The answer lies in neither sequence alone: whether both begin alike.
        var random = new SeededRandom(4);
        var samples = Enumerable.Range(0, 16)
            .Select(i => Row($"{i}", "ACGT"[i % 4] + SampleDna.Sequence(random, 12),
            ("other", "ACGT"[i < 8 ? i % 4 : (i + 1) % 4] + SampleDna.Sequence(random, 9)), ("label", i < 8 ? "1" : "0"))).ToList();
        manual_seed(3);
        bench.UseBackbone("bert-encoder",
            new { layers = 1, width = 32, attentionHeads = 2, maxPositions = 40, dropout = 0.0, attentionDropout = 0.0 });
        using var model = new ModelUnderTest(bench,
            Fit(bench, "classify", new { pair = "other", pooling = "mean", dropout = 0.0 }, samples));
        Assert.Equal(["0", "1"], model.Objective.Card.OutputNames);
        ModelChecks.Learns(model, samples, 120, 1e-2, 0.1);
        Assert.Contains(model.Objective.Card.Baselines, b => b.Name == "5-mer logistic regression");
        Assert.NotEmpty(model.Objective.Card.Baselines.SelectMany(b =>
            b.Measure(new KitBaselineContext(bench.Tokenizer, model.Objective, samples, samples))).ToList());
    }
}
