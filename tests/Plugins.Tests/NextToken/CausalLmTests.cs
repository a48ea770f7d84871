using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.NextToken;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class CausalLmTests
{
    private readonly Workbench bench =
        new(new KMerPlugin(), new TokenLanguagePlugin(), new NumericGptPlugin(), new CausalLmPlugin(), new BertEncoderPlugin());

    private ModelUnderTest Model(object? tokenizer = null, object? options = null, string name = "token-language")
    {
        bench.UseTokenizer(name, tokenizer ?? new { k = 3, template = "O {sequence}" });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 32, attentionHeads = 4, maxPositions = 64 });
        return new(bench, bench.Build<IObjective>("causal-lm", options));
    }

    private static (long Position, long Label)[] Asked(Batch batch) =>
        [.. batch[Keys.Positions].data<long>().ToArray().Zip(batch[Keys.PositionLabels].data<long>().ToArray())];

    [Fact]
    public void Each_token_is_asked_for_at_the_one_before_and_padding_never()
    {
        using var model = Model();
        using var batch = model.Collate([new("a", "ACGTACGTA"), new("b", "ACGTA")]);
        var ids = batch[Keys.InputIds].data<long>().ToArray();
        Assert.Equal(20, ids[7]); // padding
        Assert.Equal([(0, ids[1]), (1, ids[2]), (2, ids[3]), (4, ids[5]), (5, ids[6])], Asked(batch));
        Assert.Equal(5, batch.TargetCounts["next-token"]);
    }

    [Fact]
    public void Numbers_and_unknown_tokens_are_never_asked_for_symbols_only_if_wanted()
    {
        var template = new { k = 3, template = "{sequence} + M {x}" };
        var sample = new Sample("a", "ACGRRRACG") { Fields = new Dictionary<string, object> { ["x"] = 1.0 } };
        using (var all = Model(template))
        using (var batch = all.Collate([sample])) Assert.Equal([1, 2, 3], Asked(batch).Select(a => a.Position));
        using (var words = Model(template, new { specialTokens = false }))
        using (var batch = words.Collate([sample])) Assert.Equal([1], Asked(batch).Select(a => a.Position));
    }

    [Fact]
    public void Answers_alone_may_be_asked_for()
    {
        using var model = Model(new { k = 3, template = "{sequence} = B {label}" }, new { after = "<=>" });
        using var batch = model.Collate([SampleDna.Labelled("a", "ACGACG", 1), SampleDna.Labelled("b", "ACG", 0)]);
        Assert.Equal([(2, 19), (3, 35), (6, 19), (7, 34)], Asked(batch));
        Assert.Contains("no token '?'", Assert.Throws<UsageException>(() => Model(options: new { after = "?" })).Message);
    }

    [Fact]
    public void The_loss_is_the_mean_of_what_is_scored_and_bits_are_a_base()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        model.Train(false);
        using var batch = model.Collate(SampleDna.Random(6, 20, 40), CollateMode.Evaluate);
        var predictions = model.Predict(batch);
        var term = model.Objective.Loss(predictions, batch).Single();
        var scored = model.Objective.Score(predictions, batch);
        var loss = scored.Losses.Single(l => l.Name == "next-token");
        Assert.Equal(term.Sum.item<float>(), loss.Sum, 2);
        Assert.Equal(term.Count, loss.Count);
        var bits = scored.Losses.Single(l => l.Name == "bits-per-base");
        Assert.Equal(batch.Samples.Sum(s => s.Sequence.Length), bits.Count); // the species comes first, so every base is asked for
        Assert.Equal(loss.Sum / Math.Log(2), bits.Sum, 6);
        Assert.Equal(0, bits.Weight);
    }

    [Fact]
    public void Overlapping_words_add_one_base_each()
    {
        using var scope = NewDisposeScope();
        using var model = Model(new { k = 3 }, name: "kmer");
        using var batch = model.Collate([new("a", "ACGTACGTAC")], CollateMode.Evaluate);
        var scored = model.Objective.Score(model.Predict(batch), batch);
        Assert.Equal(9, scored.Losses[0].Count); // [CLS] is given: 8 words and [SEP]
        Assert.Equal(10, scored.Losses[1].Count);
    }

    [Fact]
    public void It_keeps_the_contract_with_three_tokenizers()
    {
        using (var words = Model()) ObjectiveChecks.Run(words, SampleDna.Random(10, 20, 60));
        using (var kmers = Model(new { k = 3 }, name: "kmer")) ObjectiveChecks.Run(kmers, SampleDna.Random(10, 20, 60));
        using (var six = Model(new { vocabulary = "fixed", k = 4 })) ObjectiveChecks.Run(six, SampleDna.Random(10, 20, 60));
    }

    [Fact]
    public void Sequences_without_a_second_token_ask_for_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = Model(new { k = 6 });
        using var batch = model.Collate([new("a", "ACG"), new("b", "ACGT")]);
        Assert.Equal(0, batch.TargetCounts["next-token"]);
        Assert.Equal(0, model.Objective.Loss(model.Predict(batch), batch).Single().Sum.item<float>());
    }

    [Fact]
    public void An_architecture_that_sees_later_tokens_is_refused()
    {
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("bert-encoder", new { layers = 1, width = 32, attentionHeads = 4 });
        Assert.Contains("bert-encoder is none; use numeric-gpt",
            Assert.Throws<UsageException>(() => bench.Build<IObjective>("causal-lm")).Message);
    }

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(bench.Offers.Single(o => o.Name == "causal-lm"));
}
