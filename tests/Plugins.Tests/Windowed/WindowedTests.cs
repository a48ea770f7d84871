using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.GGramEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.Tests.GGramEncoder;
using PluginHost.Plugins.Tests.MaskedLm;
using PluginHost.Plugins.Windowed;

namespace PluginHost.Plugins.Tests.Windowed;

using static TorchSharp.torch;

/// <summary>Long sequences in pieces, against the pieces run by hand.</summary>
[Collection(TorchCollection.Name)]
public sealed class WindowedTests
{
    private const int Width = 16;
    private readonly Workbench bench = new(
        new KMerPlugin(), new RaggedPlugin(), new GGramWordsPlugin(), new BertEncoderPlugin(), new GGramEncoderPlugin(),
            new WindowedPlugin(), new ClassificationPlugin(), new MaskedLmPlugin());

    private static ComponentSpec Inner(object? more = null, string use = "bert-encoder")
    {
        var with = new Dictionary<string, object?>
        {
            ["layers"] = 2, ["width"] = Width, ["attentionHeads"] = 2, ["maxPositions"] = 20, ["dropout"] = 0.0, ["attentionDropout"] = 0.0,
        };
        foreach (var property in more?.GetType().GetProperties() ?? []) with[property.Name] = property.GetValue(more);
        return new(use, with);
    }

    private Backbone Use(object? more = null, ComponentSpec? inner = null, int pieces = 3)
    {
        manual_seed(9);
        bench.UseTokenizer("kmer", new { k = 3 });
        var with = new Dictionary<string, object?> { ["inner"] = inner ?? Inner(), ["pieces"] = pieces };
        foreach (var property in more?.GetType().GetProperties() ?? []) with[property.Name] = property.GetValue(more);
        var backbone = bench.UseBackbone(new ComponentSpec("windowed", with));
        backbone.eval();
        return backbone;
    }

    /// <summary>The inner architecture with the weights a windowed one has.</summary>
    private Backbone Plain(Backbone windowed, ComponentSpec? inner = null)
    {
        var plain = bench.Build<Backbone>(inner ?? Inner());
        var weights = windowed.state_dict();
        plain.load_state_dict(plain.state_dict().Keys.ToDictionary(name => name, name => weights[name]));
        plain.eval();
        return plain;
    }

    private Batch Encode(params string[] sequences) => Collation.Pad(
        [.. sequences.Select(s => new Sample("x", s))], [.. sequences.Select(s => bench.Tokenizer.Encode(new("x", s), new()))],
            bench.Tokenizer.Vocabulary.Pad!.Value);

    private static string Bases(int length, ulong seed = 1) => SampleDna.Sequence(new SeededRandom(seed), length);

    /// <summary>The streams of one sequence cut by hand: pieces of 18 k-mers between [CLS] and [SEP].</summary>
    private List<BackboneOutput> ByHand(Backbone plain, string sequence)
    {
        var outputs = new List<BackboneOutput>();
        for (var start = 0; start < sequence.Length - 2; start += 18)
            outputs.Add(plain.Forward(Encode(sequence[start..Math.Min(sequence.Length, start + 20)]), Capture.None));
        return outputs;
    }

    [Fact]
    public void A_concatenation_is_the_pieces_run_by_hand_and_zeros_behind()
    {
        using var scope = NewDisposeScope();
        var windowed = Use();
        var plain = Plain(windowed);
        string[] sequences = [Bases(56), Bases(30, 2), Bases(9, 3)];
        var joined = windowed.Forward(Encode(sequences), Capture.None)[StreamKey.Pooled];
        Assert.Equal([3, 3 * Width], joined.shape);
        Assert.Equal((48, 56), (windowed.Shape.HiddenSize, windowed.Shape.MaxTokens));
        for (var row = 0; row < 3; row++)
        {
            var expected = cat([.. ByHand(plain, sequences[row]).Select(o => o[StreamKey.Pooled][0])]);
            Assert.Equal(row == 0 ? 48 : row == 1 ? 32 : 16, expected.shape[0]);
            Assert.True((joined[row].narrow(0, 0, expected.shape[0]) - expected).abs().max().item<float>() < 1e-5);
            if (expected.shape[0] < 48)
                Assert.Equal(0, joined[row].narrow(0, expected.shape[0], 48 - expected.shape[0]).abs().max().item<float>());
        }
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("max")]
    public void Pooled_pieces_are_those_that_are_there(string join)
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { join });
        var plain = Plain(windowed);
        string[] sequences = [Bases(56), Bases(30, 2), Bases(9, 3)];
        var pooled = windowed.Forward(Encode(sequences), Capture.None)[StreamKey.Pooled];
        for (var row = 0; row < 3; row++)
        {
            var pieces = stack([.. ByHand(plain, sequences[row]).Select(o => o[StreamKey.Pooled][0])]);
            var expected = join == "mean" ? pieces.mean([0]) : pieces.amax([0]);
            Assert.True((pooled[row] - expected).abs().max().item<float>() < 1e-5);
        }
    }

    /// <summary>In use, pieces that are alike are computed once; each sequence must still get its own.</summary>
    [Theory]
    [InlineData("mean")]
    [InlineData("concat")]
    public void Alike_pieces_in_use_give_what_each_gives_alone(string join)
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { join }, Inner(new { initializerRange = 0.3 }));
        var dna = Bases(56);
        using var batch = Encode(dna, $"{dna[..30]}{(dna[30] == 'A' ? 'C' : 'A')}{dna[31..]}", Bases(30, 2), dna, dna[..40]);
        var expected = windowed.Forward(batch, Capture.None);
        var (pooled, hidden) = (expected[StreamKey.Pooled], join == "mean" ? expected[StreamKey.Hidden] : null);
        using var off = no_grad();
        var actual = windowed.Forward(batch, Capture.None);
        Assert.True((actual[StreamKey.Pooled] - pooled).abs().max().item<float>() < 1e-5);
        Assert.True((pooled[0] - pooled[1]).abs().max().item<float>() > 1e-4);
        if (hidden is not null) Assert.True((actual[StreamKey.Hidden] - hidden).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Token_states_come_back_in_order_and_padding_is_zero()
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { join = "mean" });
        var plain = Plain(windowed);
        string[] sequences = [Bases(56), Bases(30, 2)];
        var hidden = windowed.Forward(Encode(sequences), Capture.None)[StreamKey.Hidden];
        Assert.Equal([2, 56, Width], hidden.shape);
        for (var row = 0; row < 2; row++)
        {
            var pieces = ByHand(plain, sequences[row]).Select(o => o[StreamKey.Hidden][0]).ToList();
            var parts = pieces.Select((p, i) =>
                p.narrow(0, i == 0 ? 0 : 1, p.shape[0] - (i == 0 ? 0 : 1) - (i == pieces.Count - 1 ? 0 : 1))).ToArray();
            var expected = cat(parts);
            Assert.Equal(sequences[row].Length, expected.shape[0]);
            Assert.True((hidden[row].narrow(0, 0, expected.shape[0]) - expected).abs().max().item<float>() < 1e-5);
            Assert.Equal(0, hidden[row].narrow(0, expected.shape[0], 56 - expected.shape[0]).abs().sum().item<float>());
        }
    }

    [Fact]
    public void A_sequence_that_fits_is_as_without_windows()
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { join = "mean" });
        var plain = Plain(windowed);
        var batch = Encode(Bases(20), Bases(11, 2));
        var (cut, whole) = (windowed.Forward(batch, Capture.Attentions | Capture.HiddenStates),
            plain.Forward(batch, Capture.Attentions | Capture.HiddenStates));
        Assert.True(cut[StreamKey.Pooled].allclose(whole[StreamKey.Pooled], 1e-5, 1e-6));
        Assert.True(cut.HiddenStates[1][0].allclose(whole.HiddenStates[1][0], 1e-5, 1e-6));
        Assert.True(cut.Attentions[1][0].allclose(whole.Attentions[1][0], 1e-5, 1e-6));
    }

    [Fact]
    public void A_token_attends_to_its_own_piece_only()
    {
        using var scope = NewDisposeScope();
        var shares = Use(new { join = "mean" }).Forward(Encode(Bases(56)), Capture.Attentions).Attentions[0];
        Assert.Equal([1, 2, 56, 56], shares.shape);
        Assert.True((shares.sum(-1) - 1).abs().max().item<float>() < 1e-5);
        Assert.Equal(0, shares[0, 0, 25].narrow(0, 1, 18).sum().item<float>());
        Assert.True(shares[0, 0, 25, 0].item<float>() > 0);
    }

    [Fact]
    public void As_released_pieces_of_padding_are_encoded_and_count()
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { padPieces = true });
        var pooled = windowed.Forward(Encode(Bases(9)), Capture.None)[StreamKey.Pooled];
        var plain = Plain(windowed);
        var empty = new Batch([], []) { RealTokens = 0, Tokens = 20 }.Set(Keys.InputIds, zeros([1, 20], ScalarType.Int64))
            .Set(Keys.AttentionMask, zeros([1, 20], ScalarType.Bool));
        var expected = plain.Forward(empty, Capture.None)[StreamKey.Pooled][0];
        Assert.True(pooled[0].narrow(0, 0, Width).allclose(plain.Forward(Encode(Bases(9)), Capture.None)[StreamKey.Pooled][0], 1e-4, 1e-5));
        Assert.True(pooled[0].narrow(0, Width, Width).allclose(expected, 1e-4, 1e-5));
        Assert.True(pooled[0].narrow(0, 2 * Width, Width).allclose(expected, 1e-4, 1e-5));
    }

    [Fact]
    public void Without_wrapping_pieces_are_cut_as_they_stand()
    {
        using var scope = NewDisposeScope();
        var windowed = Use(new { wrapPieces = false });
        Assert.Equal(60, windowed.Shape.MaxTokens);
        var batch = Encode(Bases(56));
        var pooled = windowed.Forward(batch, Capture.None)[StreamKey.Pooled][0];
        var second = new Batch([], []) { RealTokens = 20, Tokens = 20 }
            .Set(Keys.InputIds, batch[Keys.InputIds].narrow(1, 20, 20))
                .Set(Keys.AttentionMask, batch[Keys.AttentionMask].narrow(1, 20, 20));
        Assert.True(pooled.narrow(0, Width, Width)
            .allclose(Plain(windowed).Forward(second, Capture.None)[StreamKey.Pooled][0], 1e-5, 1e-6));
    }

    [Fact]
    public void Prompts_are_repeated_in_front_of_every_piece()
    {
        using var scope = NewDisposeScope();
        Use();
        bench.UseTokenizer("ragged");
        var windowed =
            bench.UseBackbone(new ComponentSpec("windowed", new Dictionary<string, object?> { ["inner"] = Inner(), ["join"] = "mean" }));
        Assert.Equal(4 * 17 + 3, windowed.Shape.MaxTokens);
        using var cut = new Cut(ones([1, 40], ScalarType.Bool), new PieceShape(20, 4, 2, 1), padPieces: false);
        var places = cut.Take(arange(40).unsqueeze(0), -1);
        long[] Of(int piece, int count) => [.. Enumerable.Range(0, count).Select(i => places[piece, i].item<long>())];
        Assert.Equal([0, 1, 19, 20, 21], Of(1, 5));
        Assert.Equal([0, 1, 36, 37, 38, 39, -1], Of(2, 7));
    }

    [Fact]
    public void It_keeps_the_models_contract_and_learns_to_classify()
    {
        var samples = SampleDna.Random(10, 12, 56);
        ModelUnderTest Build(object more)
        {
            Use(more);
            return new(bench, bench.Build<IObjective>("classify", new { classes = 2 }));
        }
        using (var wide = Build(new { })) ModelChecks.Learns(wide, samples, steps: 60, learningRate: 3e-3, falls: 0.7);
        using (var released = Build(new { project = true, padPieces = true }))
        {
            using var batch = released.Collate(samples);
            released.Loss(batch).backward();
            Assert.All(released.Parameters, p => Assert.True(p.Value.grad is { } grad && grad.abs().max().item<float>() > 0, p.Name));
        }
        ModelChecks.Run(() => Build(new { join = "mean" }), samples, steps: 60, learningRate: 3e-3, falls: 0.7);
        Use(new { join = "mean" });
        using var lm = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"));
        ModelChecks.Learns(lm, samples, steps: 40, learningRate: 1e-2, falls: 0.9);
        OptionsChecks.Run(bench.Offers.Single(o => o.Name == "windowed"), new { inner = Inner() });
    }

    [Fact]
    public void Weights_have_the_inner_architectures_names()
    {
        var windowed = Use(new { project = true });
        var names = windowed.state_dict().Keys;
        Assert.Equal("bert", windowed.StatePrefix);
        Assert.Equal(bench.Build<Backbone>(Inner()).state_dict().Keys.Concat(["project.weight", "project.bias"]).Order(), names.Order());
        Assert.Equal(names.Order(), windowed.named_parameters().Select(p => p.name).Order());
        Assert.Equal(2, windowed.Layers.Count);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_by_name()
    {
        string Refused(Func<Backbone> use) => Assert.Throws<UsageException>(use).Message;
        Assert.Contains("give 'pieceTokens'", Refused(() => Use(inner: Inner(new { positions = "alibi" }))));
        Assert.Contains("at most 20", Refused(() => Use(new { pieceTokens = 30 })));
        Assert.Contains("no vector for a whole piece", Refused(() => Use(inner: Inner(new { pooler = false }))));
        Assert.Contains("'project' is about", Refused(() => Use(new { project = true, join = "max" })));
        Assert.Equal(3 * 8 + 2, Use(new { pieceTokens = 10 }, Inner(new { positions = "alibi" })).Shape.MaxTokens);
        Use();
        bench.UseTokenizer("ggram-words");
        var gGrams = new Dictionary<string, object?> { ["layers"] = 2, ["gGramLayers"] = 1, ["width"] = 8, ["attentionHeads"] = 2 };
        Assert.Contains("cannot cut the column 'ggram_ids'",
            Refused(() =>
            bench.UseBackbone(new ComponentSpec("windowed", new Dictionary<string,
                object?>
            { ["inner"] = new ComponentSpec("ggram-encoder", gGrams), ["pieceTokens"] = 10 }))));
    }

    [Fact]
    public void A_batch_longer_than_the_pieces_is_refused()
    {
        var windowed = Use();
        Assert.Contains("56 in 3 pieces", Assert.Throws<PluginException>(() => windowed.Forward(Encode(Bases(57)), Capture.None)).Message);
    }
}
