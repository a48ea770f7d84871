using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Docs;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>A small untrained model of each family, out of a pipeline, as a stage hands it to a tool.</summary>
internal static class TinyModel
{
    /// <summary>DNAGPT with the species before the sequence, which samples must name.</summary>
    public const string Prompted = "dnagpt-species";

    /// <summary>DNAGPT over single bases, with a symbol before the sequence and a stop symbol behind.</summary>
    public const string Stopping = "dnagpt-stopping";

    private const string Bpe = "{ use: bpe, vocab: TOKENIZERS/fly_bpe_1024.json }";
    private const string Sizes = "layers: 2, width: 16, attentionHeads: 2, feedForward: 32, initializerRange: 0.3";
    private const string Mosaic = Sizes + ", positions: alibi, packedQkv: true, gated: true, unpadded: true, tokenLimit: 40";

    private static readonly Dictionary<string, (string Tokenizer, string Architecture, string Objective)> families = new()
    {
        ["dnabert"] = ("{ use: kmer, k: 3 }", $"{{ use: bert-encoder, {Sizes}, maxPositions: 40 }}", "masked-lm"),
        ["dnabert-2"] = (Bpe, $"{{ use: bert-encoder, {Mosaic} }}", "masked-lm"),
        ["dnagpt"] = ("{ use: token-language, k: 3 }",
            "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 40, initializerRange: 0.3 }", "causal-lm"),
        [Prompted] = ("{ use: token-language, k: 3, template: '{species} {sequence}' }",
            "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 40, initializerRange: 0.3 }", "causal-lm"),
        ["enbed-seq2seq"] = ("{ use: byte, sentinels: 2 }", "{ use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, "
            + "feedForward: 32, encoderLayers: 2, decoderLayers: 2, attention: dense, globalBlocks: 0, "
            + "maxTokens: 40, maxTargetTokens: 40 }",
            "seq2seq"),
        ["dnagpt-seq2seq"] = ("{ use: token-language, k: 3 }",
            "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 60, initializerRange: 0.3 }",
            "{ use: seq2seq, separator: '<=>', end: '<!>' }"),
        [Stopping] = ("{ use: token-language, k: 1, template: 'R {sequence} !' }",
            "{ use: numeric-gpt, layers: 2, width: 16, attentionHeads: 2, maxPositions: 40, initializerRange: 0.3 }", "causal-lm"),
        ["dnazen"] = (
            $"{{ use: ggram, tokenizer: {Bpe}, vocabulary: TOKENIZERS/../ggrams/fly_bpe_1024.json }}",
            $"{{ use: ggram-encoder, {Sizes}, gGramLayers: 1, tokenLimit: 40 }}", "whole-ggram-masking"),
        ["enbed"] = ("byte", """
            { use: byte-seq2seq, width: 16, headWidth: 8, attentionHeads: 2, feedForward: 32, encoderLayers: 2, decoderLayers: 2,
              radius: [ 4 ], globalBlocks: 4,
              maxTokens: 40, maxTargetTokens: 40 }
            """, "span-corruption"),
        ["genomics-fm"] = (
            $"{{ use: ensemble, vocabularies: [ {{ tokenizer: {Bpe} }}, {{ tokenizer: {{ use: kmer, k: 3 }} }} ] }}",
                $"{{ use: bert-encoder, {Mosaic} }}", "masked-lm"),
        ["windowed"] = (
            "{ use: kmer, k: 3 }", $"{{ use: windowed, inner: {{ use: bert-encoder, {Sizes}, maxPositions: 20 }}, pieces: 3, join: mean }}",
                "{ use: classify, classes: 3 }"),
    };

    /// <summary>One of each of the papers', and one around another.</summary>
    public static IEnumerable<string> Families => families.Keys
        .Where(name => name is not (Prompted or Stopping) && !name.EndsWith("-seq2seq", StringComparison.Ordinal));

    /// <summary>Builds one. Tools dispose of a model when they are done; its weights stay, as those of a run do.</summary>
    public static LoadedModel Make(string family, int batchTokens = 200)
    {
        var (tokenizer, architecture, objective) = families[family];
        var file = Path.Combine(Directory.CreateTempSubdirectory("pluginhost-tiny-").FullName, "p.yaml");
        var splice = Path.Combine(Repository.Root, "samples", "fly_splice");
        File.WriteAllText(file, $$"""
            name: tiny
            tokenizer: {{tokenizer}}
            architecture: {{architecture.ReplaceLineEndings(" ")}}
            stages:
              - finetune:
                  data: { use: table, train: {{splice}}/train.csv, test: {{splice}}/test.csv }
                  objective: {{objective}}
                  train: { precision: fp32, steps: 1, batchTokens: {{batchTokens}} }
            """.Replace("TOKENIZERS", Path.Combine(Repository.Root, "samples", "tokenizers")));
        try
        {
            var pipeline = RealHost.Pipelines.Read(file);
            var context = new PipelineBuildContext(RealHost.Components, pipeline);
            var stage = new StagePlanner(pipeline, RealHost.Components, context).Plan()[0];
            return new LoadedModel
            {
                Title = $"tiny/{family}", Context = context, Model = stage.Model, Compute = Compute.For(CPU, Precision.Fp32), Seed = 1,
                Recipe = BatchRecipe.Of(context.Tokenizer, stage.Objective, stage.Model.MaxTokens, stage.Definition.Train),
            };
        }
        finally { Directory.Delete(Path.GetDirectoryName(file)!, recursive: true); }
    }

    /// <summary>Random sequences with names.</summary>
    public static Sample[] Sequences(params ReadOnlySpan<int> lengths)
    {
        var random = new SeededRandom(5);
        var samples = new List<Sample>();
        foreach (var length in lengths) samples.Add(new($"s{samples.Count}", SampleDna.Sequence(random, length)));
        return [.. samples];
    }
}
