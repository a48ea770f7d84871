using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.NumericGpt;

using static TorchSharp.torch;

[Collection(TorchCollection.Name)]
public sealed class NumericGptTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new TokenLanguagePlugin(), new NumericGptPlugin(), new CausalLmPlugin());

    private ModelUnderTest Small(int positions = 64, string template = "O {sequence}", string initialization = "gpt2")
    {
        manual_seed(5);
        bench.UseTokenizer("token-language", new { k = 3, template });
        bench.UseBackbone("numeric-gpt", new { layers = 2, width = 32, attentionHeads = 4, maxPositions = positions, initialization });
        return new(bench, bench.Build<IObjective>("causal-lm"));
    }

    private static Batch Plain(ITokenizer tokenizer, params Sample[] samples) =>
        Collation.Pad(samples, [.. samples.Select(s => tokenizer.Encode(s, new EncodeContext()))], tokenizer.Vocabulary.Pad!.Value);

    private static Sample Numbered(string sequence, double x, double y) =>
        new("x", sequence) { Fields = new Dictionary<string, object> { ["x"] = x, ["y"] = y } };

    /// <summary>Parameters of the model with both of its pretraining heads, from its sizes alone.</summary>
    private static long Count(long vocabulary, long layers, long width, long positions)
    {
        var projection = (long from, long to) => from * width + width + width * to;
        return vocabulary * width + positions * width + layers * (12 * width * width + 2 * width) + width
            + projection(1, width) + projection(width, vocabulary) + projection(width, 1);
    }

    private static long Built(Workbench bench) =>
        new nn.Module[] { bench.Backbone, bench.Build<Head>("token-head"), bench.Build<Head>("number-head") }.Sum(m =>
            m.parameters().Sum(p => p.numel()));


    [Fact]
    public void The_count_by_sizes_is_that_of_a_built_model()
    {
        bench.UseTokenizer("token-language", new { k = 3 });
        bench.UseBackbone("numeric-gpt", new { layers = 3, width = 48, attentionHeads = 4, maxPositions = 77 });
        Assert.Equal(Count(bench.Tokenizer.Vocabulary.Count, 3, 48, 77), Built(bench));
    }

    [Theory]
    [InlineData("fixed", 12, 768, 4096, 113_925_120)]       // dna_gpt0.1b_h, 113.9 M
    [InlineData("dynamic", 12, 768, 512, 117_170_688)]      // dna_gpt0.1b_m, 117.2 M
    [InlineData("dynamic", 12, 768, 4096, 119_923_200)]     // DNAGPT-M of the paper: 0.1 B at 4,096 tokens
    [InlineData("dynamic", 60, 2048, 512, 3_113_922_560)]   // dna_gpt3b_m
    public void Published_sizes_have_the_published_counts(string vocabulary, long layers, long width, long positions, long parameters)
    {
        var tokenizer = bench.UseTokenizer("token-language", new { vocabulary });
        Assert.Equal(parameters, Count(tokenizer.Vocabulary.Count, layers, width, positions));
    }

    [Fact]
    public void Parameters_have_the_published_names()
    {
        using var model = Small();
        using var numbers = bench.Build<Head>("number-head");
        string[] layer = ["ln_1", "attn.c_attn", "attn.c_proj", "ln_2", "mlp.c_fc", "mlp.c_proj"];
        string[] parts = ["0", "2", "3"];
        var expected = new[] { "transformer.wte", "transformer.wpe", "transformer.ln_f" }
            .Concat(Enumerable.Range(0, 2).SelectMany(i => layer.Select(part => $"transformer.h.{i}.{part}")))
            .Concat(parts.Select(p => $"number_embedding.{p}")).Concat(parts.Select(p => $"mlm_head.{p}"))
            .Select(n => $"{n}.weight").ToHashSet();
        Assert.Equal(expected.Order(), model.Parameters.Select(p => p.Name).Order());
        Assert.Equal(["num_regression.0.weight", "num_regression.2.weight", "num_regression.3.weight"],
            numbers.named_parameters().Select(p => $"{numbers.StatePrefix}.{p.name}"));
        Assert.Equal([96, 32], model.Parameters.Single(p => p.Name == "transformer.h.0.attn.c_attn.weight").Value.shape);
    }

    [Theory]
    [InlineData("gpt2", 0.02, 0.02)]
    [InlineData("release", 1.0, 0.102)] // N(0, 1) tables; U(-1/sqrt(32), 1/sqrt(32)) has deviation 1/sqrt(96)
    public void Initial_weights_are_as_asked(string initialization, double table, double matrix)
    {
        using var model = Small(initialization: initialization);
        double Deviation(string name) => model.Parameters.Single(p => p.Name == name).Value.std().item<float>();
        Assert.InRange(Deviation("transformer.wte.weight"), 0.9 * table, 1.1 * table);
        Assert.InRange(Deviation("transformer.h.1.mlp.c_fc.weight"), 0.9 * matrix, 1.1 * matrix);
        Assert.InRange(Deviation("transformer.h.1.mlp.c_proj.weight"), 0.009, 0.011); // 0.02 / sqrt(2 * 2)
    }

    [Fact]
    public void It_keeps_the_models_contract_and_overfits()
    {
        var samples = SampleDna.Random(10, 20, 60);
        using (var model = Small()) ObjectiveChecks.Run(model, samples);
        ModelChecks.Run(() => Small(), samples, steps: 60, learningRate: 5e-3, falls: 0.5);
    }

    [Fact]
    public void It_keeps_the_contract_of_causal_and_incremental_backbones()
    {
        using var model = Small(template: "O {sequence} + M {x} = M {y}");
        model.Train(false);
        using var batch = Plain(model.Tokenizer, Numbered("ACGTACGTAACCGGTT", 0.3, 1), Numbered("TTGCAATCCGTAGCTA", -2, 0.1));
        CausalChecks.NeverLooksAhead(model.Backbone, batch, model.Tokenizer.Vocabulary.Count, tolerance: 0);
        CausalChecks.PiecesEqualTheWhole(model.Backbone, batch);
        CausalChecks.BranchesGoOn(model.Backbone, batch);
        using var single = Plain(model.Tokenizer, Numbered("ACGTACGTAACCGGTT", 0.3, 1));
        CausalChecks.BranchesGoOn(model.Backbone, single);
    }

    [Fact]
    public void A_later_token_never_changes_an_earlier_output()
    {
        using var model = Small(template: "O {sequence} + M {x} = M {y}");
        model.Train(false);
        var vocabulary = model.Tokenizer.Vocabulary.Count;
        var cases = from length in Gen.Choose(2, 60)
                    from place in Gen.Choose(1, length - 1)
                    from seed in Gen.Choose(0,
            10_000)
                    select (length, place, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var random = new SeededRandom((ulong)c.seed);
            var ids = Enumerable.Range(0, c.length).Select(_ => random.Next(vocabulary)).ToArray();
            var before = Hidden(ids, -1);
            ids[c.place] = (ids[c.place] + 1 + random.Next(vocabulary - 1)) % vocabulary;
            var after = Hidden(ids, random.Next(2) == 0 ? c.place : -1);
            var same = (before.narrow(0, 0, c.place) - after.narrow(0, 0, c.place)).abs().max().item<float>();
            var changed = (before[c.place] - after[c.place]).abs().max().item<float>();
            return same == 0 && changed > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

        Tensor Hidden(long[] ids, int number)
        {
            using var batch = new Batch([new("x", "A")], [])
                .Set(Keys.InputIds, tensor(ids, [1, ids.Length])).Set(Keys.AttentionMask, ones([1, ids.Length], ScalarType.Bool))
                .Set(Keys.Numbers, full([1, ids.Length], 0.7f))
                    .Set(Keys.NumberMask, tensor(ids.Select((_, t) => t == number).ToArray(), [1, ids.Length]));
            return model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden][0];
        }
    }

    [Fact]
    public void Queries_in_blocks_equal_the_whole_square()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Small(positions: 700);
        model.Train(false);
        using var batch = Plain(model.Tokenizer, SampleDna.Random(1, 1950, 1950)[0], SampleDna.Random(1, 900, 900, seed: 2)[0]);
        Assert.True(batch.Axis("T") > 600);
        var blocks = model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden];
        var whole = model.Backbone.Forward(batch, Capture.Attentions);
        Assert.True((blocks - whole[StreamKey.Hidden]).abs().max().item<float>() < 1e-5);
        Assert.Equal(0, whole.Attentions[1].triu(1).abs().max().item<float>());
    }

    [Fact]
    public void A_number_changes_what_follows_and_its_token_id_does_not()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Small(template: "{sequence} + M {x} = M {y}");
        model.Train(false);
        Tensor Last(double x, double y)
        {
            using var batch = Plain(model.Tokenizer, Numbered("ACGTACGT", x, y));
            return model.Backbone.Forward(batch, Capture.None)[StreamKey.Pooled];
        }
        Assert.True(Last(0.3, 1).allclose(Last(0.3, 1)));
        Assert.False(Last(0.3, 1).allclose(Last(0.31, 1)));
        using var changed = Plain(model.Tokenizer, Numbered("ACGTACGT", 0.3, 1));
        var before = model.Backbone.Forward(changed, Capture.None)[StreamKey.Hidden];
        changed[Keys.InputIds][0, 5] = 77; // the first number's place
        Assert.True(before.allclose(model.Backbone.Forward(changed, Capture.None)[StreamKey.Hidden]));
    }

    [Fact]
    public void The_pooled_stream_is_each_sequences_last_token()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Small();
        model.Train(false);
        using var batch = Plain(model.Tokenizer, new Sample("a", "ACGTACGTACGT"), new Sample("b", "ACGTA"));
        var output = model.Backbone.Forward(batch, Capture.None);
        Assert.True(output[StreamKey.Pooled][0].allclose(output[StreamKey.Hidden][0, 4]));
        Assert.True(output[StreamKey.Pooled][1].allclose(output[StreamKey.Hidden][1, 2]));
    }

    [Fact]
    public void It_runs_on_tokens_of_another_tokenizer_without_numbers()
    {
        bench.UseTokenizer("kmer", new { k = 3, stride = 3 });
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 32, attentionHeads = 4, maxPositions = 64 });
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("causal-lm"));
        ObjectiveChecks.Run(model, SampleDna.Random(10, 20, 60));
    }

    [Fact]
    public void Answer_heads_read_the_last_token_and_name_missing_ones()
    {
        using var scope = NewDisposeScope();
        using var model = Small(template: "O {sequence} = B");
        using var batch = Plain(model.Tokenizer, new Sample("a", "ACGTACGTACGT"), new Sample("b", "ACGTA"));
        var output = model.Backbone.Forward(batch, Capture.None);
        using var classes = bench.Build<Head>("answer-token-head", new { initializerRange = 0.1 });
        using var lm = bench.Build<Head>("token-head");
        foreach (var (from, to) in lm.parameters().Zip(classes.parameters()))
            using (no_grad()) to.copy_(from);
        var vocabulary = model.Tokenizer.Vocabulary;
        var scores = lm.Forward(output, batch)[0, 6];
        var answers = classes.Forward(output, batch);
        Assert.Equal([2, 2], answers.shape);
        Assert.Equal(scores[vocabulary.Find("N")!.Value].item<float>(), answers[0, 0].item<float>(), 5);
        Assert.Equal(scores[vocabulary.Find("A")!.Value].item<float>(), answers[0, 1].item<float>(), 5);
        using var values = bench.Build<Head>("answer-number-head", new { outputs = 3 });
        Assert.Equal([2, 3], values.Forward(output, batch).shape);
        Assert.Contains("no token 'Q?'",
            Assert.Throws<UsageException>(() => bench.Build<Head>("answer-token-head", new { tokens = new[] { "A", "Q?" } })).Message);
    }

    [Fact]
    public void A_batch_longer_than_the_positions_is_refused()
    {
        using var model = Small();
        using var batch = Collation.Pad([new("x", "A")], [new EncodedSequence(new int[200], new BaseSpan[200])], 0);
        Assert.Contains("64 positions", Assert.Throws<PluginException>(() => model.Backbone.Forward(batch, Capture.None)).Message);
    }

    [Fact]
    public void A_width_that_heads_do_not_divide_is_refused()
    {
        bench.UseTokenizer("token-language", new { k = 1 });
        Assert.Contains("no multiple", Assert.Throws<UsageException>(() => bench.UseBackbone("numeric-gpt", new { width = 100 })).Message);
    }

    [Fact]
    public void Options_keep_their_limits()
    {
        foreach (var offer in bench.Offers.Where(o => o.Options.Namespace!.EndsWith("NumericGpt"))) OptionsChecks.Run(offer);
    }
}
