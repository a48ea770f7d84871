using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.Siamese;

namespace PluginHost.Plugins.Tests.Siamese;

using static TorchSharp.torch;

/// <summary>Pairs, against each sequence run by hand.</summary>
[Collection(TorchCollection.Name)]
public sealed class SiameseTests
{
    private const int Width = 16;
    private readonly Workbench bench =
        new(new KMerPlugin(), new BertEncoderPlugin(), new SiamesePlugin(), new ClassificationPlugin(), new MaskedLmPlugin());

    private static ComponentSpec Inner() => new("bert-encoder", new Dictionary<string, object?>
    {
        ["layers"] = 2, ["width"] = Width, ["attentionHeads"] = 2, ["maxPositions"] = 30, ["dropout"] = 0.0, ["attentionDropout"] = 0.0,
        ["initializerRange"] = 0.3,
    });

    private Backbone Use(params (string Key, object? Value)[] more)
    {
        manual_seed(9);
        bench.UseTokenizer("kmer", new { k = 3 });
        var with = new Dictionary<string, object?> { ["inner"] = Inner() };
        foreach (var (key, value) in more) with[key] = value;
        var backbone = bench.UseBackbone(new ComponentSpec("siamese", with));
        backbone.eval();
        return backbone;
    }

    private Backbone Plain(Backbone siamese)
    {
        var plain = bench.Build<Backbone>(Inner());
        var weights = siamese.state_dict();
        plain.load_state_dict(plain.state_dict().Keys.ToDictionary(name => name, name => weights[name]));
        plain.eval();
        return plain;
    }

    private static string Bases(int length, ulong seed) => SampleDna.Sequence(new SeededRandom(seed), length);

    private static Sample[] Pairs() => [.. new[] { (20, 20), (12, 17), (9, 5) }
        .Select((l, i) => new Sample($"p{i}", Bases(l.Item1, (ulong)i + 1))
        {
            Fields = new Dictionary<string, object> { ["alternative"] = Bases(l.Item2, (ulong)i + 11), [Sample.LabelField] = "1" },
        })];

    private Batch Collate(Sample[] pairs) => bench.Build<IObjective>(new ComponentSpec("classify",
        new Dictionary<string, object?> { ["classes"] = 2L, ["pair"] = "alternative" }))
        .Collate(pairs, new CollateContext(bench.Tokenizer, bench.Backbone.Shape.MaxTokens!.Value, CollateMode.Predict,
            new SeededRandom(1)));

    [Theory]
    [InlineData("mean")]
    [InlineData("pooled")]
    public void A_pair_is_both_sequences_run_by_hand_and_their_difference(string vector)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var siamese = Use(("vector", vector));
        var plain = Plain(siamese);
        Assert.Equal((3 * Width, 59), (siamese.Shape.HiddenSize, siamese.Shape.MaxTokens));
        var pairs = Pairs();
        var joined_BD = siamese.Forward(Collate(pairs), Capture.None)[StreamKey.Pooled];
        for (var row = 0; row < pairs.Length; row++)
        {
            var (first, second) = (Of(pairs[row].Sequence), Of(pairs[row].Text("alternative")));
            var expected = cat([first, second, second - first]);
            Assert.True((joined_BD[row] - expected).abs().max().item<float>() < 1e-5);
        }

        Tensor Of(string sequence)
        {
            var encoding = bench.Tokenizer.Encode(new("x", sequence), new());
            var output = plain.Forward(Collation.Pad([new("x", sequence)], [encoding], bench.Tokenizer.Vocabulary.Pad!.Value),
                Capture.None);
            // [CLS] in front, [SEP] behind.
            return vector == "pooled" ? output[StreamKey.Pooled][0]
                : output[StreamKey.Hidden][0].narrow(0, 1, encoding.Ids.Length - 2).mean([0]);
        }
    }

    [Fact]
    public void Equal_sequences_have_no_difference_and_a_projected_one_reads_single_sequences_as_the_inner_one_does()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var alone = Use(("parts", new List<object?> { "difference" }));
        var same = Pairs()[0] with
        {
            Fields = new Dictionary<string, object> { ["alternative"] = Pairs()[0].Sequence, [Sample.LabelField] = "1" },
        };
        Assert.Equal(0, alone.Forward(Collate([same]), Capture.None)[StreamKey.Pooled].abs().max().item<float>(), 1e-6f);
        var projected = Use(("project", true));
        var plain = Plain(projected);
        var encoding = bench.Tokenizer.Encode(new("x", same.Sequence), new());
        var single = Collation.Pad([same], [encoding], bench.Tokenizer.Vocabulary.Pad!.Value);
        Assert.Equal(plain.Forward(single, Capture.None)[StreamKey.Hidden].data<float>().ToArray(),
            projected.Forward(single, Capture.None)[StreamKey.Hidden].data<float>().ToArray());
        Assert.Equal(Width, projected.Forward(Collate(Pairs()), Capture.None)[StreamKey.Pooled].shape[1]);
    }

    [Fact]
    public void A_sequence_longer_than_the_inner_architecture_takes_is_refused()
    {
        Use();
        var pair = Pairs()[0] with { Sequence = Bases(45, 3) };
        Assert.Contains("takes 30; use shorter sequences",
            Assert.Throws<DataException>(() => bench.Backbone.Forward(Collate([pair]), Capture.None)).Message);
    }
}
