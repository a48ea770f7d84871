using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Byte;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.Decoders;
using PluginHost.Plugins.Interpret;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.Scan;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Plugins.TokenLanguage;
using PluginHost.Plugins.Variants;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>Models with random weights as tools are handed them, and the tools.</summary>
internal sealed class ToolModel
{
    /// <summary>Most tokens of a sequence.</summary>
    public const int Tokens = 512;

    private readonly Workbench bench;

    private ToolModel(Workbench bench) => this.bench = bench;

    /// <summary>Where tools find it.</summary>
    public required LoadedModel Model { get; init; }

    /// <summary>A classifier of two classes over 3-mers: as many tokens as bases.</summary>
    public static ToolModel Classifier(Shape shape)
    {
        var bench = New();
        bench.UseTokenizer("kmer", new { k = 3 });
        bench.UseBackbone("bert-encoder", new
        {
            layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads, feedForward = 4 * shape.Width, maxPositions = Tokens,
        });
        return Of(bench, bench.Build<IObjective>("classify", new { classes = 2 }));
    }

    /// <summary>A decoder that predicts the next of single bases: two tokens more than bases.</summary>
    public static ToolModel Decoder(Shape shape)
    {
        var bench = New();
        bench.UseTokenizer("kmer", new { k = 1 });
        bench.UseBackbone("numeric-gpt", new
        {
            layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads, maxPositions = Tokens,
        });
        return Of(bench, bench.Build<IObjective>("causal-lm"));
    }

    /// <summary>DNAGPT over its own 6-mers: 19,564 tokens.</summary>
    public static ToolModel Dnagpt(Shape shape)
    {
        var bench = New();
        bench.UseTokenizer("token-language", new { k = 6 });
        bench.UseBackbone("numeric-gpt", new
        {
            layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads, maxPositions = Tokens,
        });
        return Of(bench, bench.Build<IObjective>("causal-lm"));
    }

    /// <summary>ENBED at laptop size (pipelines/enbed/small.yaml), for sequences of 500 bases.</summary>
    public static ToolModel Enbed()
    {
        var bench = New();
        bench.UseTokenizer("byte", new { });
        bench.UseBackbone("byte-seq2seq", new
        {
            width = 96, headWidth = 12, attentionHeads = 8, feedForward = 256, encoderLayers = 4, decoderLayers = 2,
            radius = new[] { 64, 64, 64, 128 }, globalBlocks = 8, relativeBuckets = 64, relativeDistance = 128, maxTokens = Tokens,
            maxTargetTokens = Tokens,
        });
        return Of(bench, bench.Build<IObjective>("span-corruption"));
    }

    /// <summary>A decoder by its name.</summary>
    public IDecoder Decoder(string name, object options) => bench.Build<IDecoder>(name, options);

    /// <summary>Runs a tool.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="options">As <see cref="Workbench.Build{T}(string, object)"/> takes them.</param>
    /// <param name="samples">What it reads, where it reads no file.</param>
    public void Run(string command, object options, params IReadOnlyList<Sample> samples)
    {
        using var off = no_grad();
        bench.Build<ITool>(command, options).RunAsync(new BenchContext(Model, samples), default).GetAwaiter().GetResult();
    }

    private static Workbench New()
    {
        manual_seed(1);
        return new(new KMerPlugin(), new BertEncoderPlugin(), new NumericGptPlugin(), new ClassificationPlugin(),
            new CausalLmPlugin(), new TokenLanguagePlugin(), new BytePlugin(), new ByteSeq2SeqPlugin(),
            new SpanCorruptionPlugin(), new DecodersPlugin(), new ScanPlugin(), new VariantsPlugin(), new InterpretPlugin());
    }

    private static ToolModel Of(Workbench bench, IObjective objective)
    {
        var (name, spec) = (objective.Heads[0].Name, objective.Heads[0].Default);
        var task = new TaskModel(bench.Backbone, new Dictionary<string, Head> { [name] = bench.Build<Head>(spec) },
            new Dictionary<string, ComponentSpec> { [name] = spec });
        return new(bench)
        {
            Model = new LoadedModel
            {
                Title = "bench", Model = task, Compute = Compute.For(CPU, Precision.Fp32), Seed = 1,
                // Tells what else was built; no tool asks for it.
                Context = null!,
                Recipe = new() { Tokenizer = bench.Tokenizer, Objective = objective, MaxTokens = Tokens, BatchTokens = 4096 },
            },
        };
    }
}
