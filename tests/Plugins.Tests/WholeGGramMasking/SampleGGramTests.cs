using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.GGram;
using PluginHost.Plugins.GGramEncoder;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.WholeGGramMasking;
using GGramColumns = PluginHost.Plugins.GGram.GGramColumns;

namespace PluginHost.Plugins.Tests.WholeGGramMasking;

/// <summary>The parts of DNAZEN together, on the sample's byte pairs and G-grams.</summary>
[Collection(TorchCollection.Name)]
public sealed class SampleGGramTests
{
    private static Workbench Bench()
    {
        var bench = new Workbench(new BpePlugin(), new GGramPlugin(), new WholeGGramMaskingPlugin(), new MaskedLmPlugin(),
            new GGramEncoderPlugin());
        var bytePairs = new ComponentSpec("bpe", new Dictionary<string,
            object?>
        { ["vocab"] = Path.Combine(RealData.Root, "samples", "tokenizers", "fly_bpe_1024.json") });
        bench.UseTokenizer("ggram",
            new { tokenizer = bytePairs, vocabulary = Path.Combine(RealData.Root, "samples", "ggrams", "fly_bpe_1024.json") });
        return bench;
    }

    [Fact]
    public void The_sample_file_serves_the_sample_tokenizer()
    {
        var tokenizer = Bench().Tokenizer;
        Assert.Equal(12_001, tokenizer.IdCount(GGramColumns.Ids));
        TokenizerChecks.Run(tokenizer, 1);
        var encodings = RealData.Samples("fly_splice/train.csv").Take(500).Select(s => tokenizer.Encode(s, new())).ToList();
        var perToken = encodings.Sum(e => e.Attached[GGramColumns.Ids].Length) / (double)encodings.Sum(e => e.Ids.Length - 2);
        Assert.InRange(perToken, 0.08, 0.4);
    }

    [Fact]
    public void Encoder_and_objective_work_and_learn_together()
    {
        ModelUnderTest Build()
        {
            var bench = Bench();
            bench.UseBackbone("ggram-encoder",
                new { layers = 2, gGramLayers = 1, width = 32, attentionHeads = 2, feedForward = 64, dropout = 0.0 });
            return new(bench, bench.Build<IObjective>("whole-ggram-masking"));
        }
        var samples = RealData.Samples("fly_splice/train.csv").Take(10).Select((s, i) => s with { Sequence = s.Sequence[..(60 + 4 * i)] })
            .ToList();
        ModelChecks.Run(Build, samples, steps: 40, learningRate: 1e-2, falls: 0.75);
        using var model = Build();
        ObjectiveChecks.Run(model, samples);
    }
}
