using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Tests.Checkpoints;

using static TorchSharp.torch;
using Loaded = PluginHost.Host.Models.LoadedModel;

/// <summary>Model folders with random weights, of components that a test names.</summary>
internal static class BuiltModel
{
    private const string Bpe = "samples/tokenizers/fly_bpe_1024.json";

    /// <summary>Options as a pipeline has them: <c>("k", 3L)</c>.</summary>
    public static ComponentSpec Spec(string use, params (string Name, object? Value)[] options) =>
        new(use, options.ToDictionary(o => o.Name, o => o.Value));

    /// <summary>k-mers, byte pairs and the other tokenizers.</summary>
    public static ComponentSpec Tokenizer(string name) => name switch
    {
        "kmer" => Spec("kmer", ("k", 3L)),
        "kmer-3" => Spec("kmer", ("k", 3L), ("stride", 3L)),
        "kmer-drop" => Spec("kmer", ("k", 4L), ("stride", 2L), ("tail", "drop")),
        "bpe" => Spec("bpe", ("vocab", Path.Combine(Repository.Root, Bpe))),
        "ensemble" => Spec("ensemble", ("vocabularies", new List<object?>
        {
            new Dictionary<string, object?> { ["tokenizer"] = Tokenizer("bpe") },
            new Dictionary<string, object?> { ["tokenizer"] = Tokenizer("kmer") },
        })),
        "ggram" => Spec("ggram", ("tokenizer", Tokenizer("bpe")),
            ("vocabulary", Path.Combine(Repository.Root, "samples", "ggrams", "fly_bpe_1024.json"))),
        _ => Spec(name),
    };

    /// <summary>Small architectures of each layout.</summary>
    public static ComponentSpec Architecture(string name)
    {
        (string, object?)[] sizes = [("layers", 2L), ("width", 16L), ("attentionHeads", 2L), ("initializerRange", 0.3)];
        (string, object?)[] mosaic =
            [.. sizes, ("feedForward", 32L), ("packedQkv", true), ("gated", true), ("unpadded", true), ("tokenLimit", 60L)];
        return name switch
        {
            "bert" => Spec("bert-encoder", [.. sizes, ("feedForward", 32L), ("maxPositions", 60L), ("layerNormEpsilon", 1e-6)]),
            "dnabert2" => Spec("bert-encoder", [.. mosaic, ("positions", "alibi")]),
            "genomics-fm" => Spec("bert-encoder", [.. mosaic, ("positions", "alibi-with-table"), ("maxPositions", 60L)]),
            "dnazen" => Spec("ggram-encoder", [.. mosaic, ("positions", "alibi"), ("gGramLayers", 1L)]),
            "gpt" => Spec("numeric-gpt", [.. sizes, ("maxPositions", 60L)]),
            "windowed" => Spec("windowed", ("inner", Architecture("bert")), ("pieces", 2L), ("join", "mean")),
            _ => throw new NotSupportedException(name),
        };
    }

    /// <summary>Makes a folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="tokenizer">Its parts.</param>
    /// <param name="architecture">As above.</param>
    /// <param name="objective">As above.</param>
    /// <param name="heads">Those that are not the objective's own.</param>
    public static void Make(string folder, ComponentSpec tokenizer, ComponentSpec architecture, ComponentSpec objective,
        params (string Role, ComponentSpec Spec)[] heads)
    {
        var components = RealComponents.Factory;
        var context = new PipelineBuildContext(components, tokenizer, architecture, PathSearch.WorkingDirectory);
        manual_seed(11);
        var built = context.Build<IObjective>(objective);
        var specs = built.Heads.ToDictionary(h => h.Name, h => heads.FirstOrDefault(o => o.Role == h.Name).Spec ?? h.Default);
        using var model = new TaskModel(context.Backbone, specs.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)), specs);
        using (no_grad())
            foreach (var (name, tensor) in model.State())
                // Biases start at 0 and scales at 1, where two of them could stand in each other's place unseen.
                if (is_floating_point(tensor.dtype)) tensor.add_(randn_like(tensor) * 0.1);
        var card = new ModelCard
        {
            Name = "built", Stage = "finetune", Seed = 1, Tokenizer = tokenizer, Architecture = architecture, Objective = objective,
            Heads = specs, Precision = Precision.Fp32, BatchTokens = 0, BatchSize = 4,
        }.WithParts(components);
        ModelFolder.Save(folder, card, model, built, context.Tokenizer, "name: built\n");
    }

    /// <summary>
    /// What the objective shows of a sequence, as <c>host predict</c> writes it; for objectives over tokens the scores of the first head.
    /// </summary>
    public static float[] Predict(Loaded model, Sample sample)
    {
        var overTokens = model.Objective.Card.OutputNames.Count == 0;
        // A batch lives until the next is asked for.
        return [.. model.Batches(new OneSample(sample), new() { Labels = false, TokensOnly = overTokens })
            .SelectMany(b => Shown(model, b.Batch, overTokens))];
    }

    private static float[] Shown(Loaded model, Batch batch, bool overTokens)
    {
        using var scope = NewDisposeScope();
        var predictions = model.Predict(model.Forward(batch), batch);
        if (overTokens) return predictions[model.Heads.Keys.Order(StringComparer.Ordinal).First()].contiguous().data<float>().ToArray();
        var scored = model.Objective.Score(predictions, batch);
        return [.. (scored.Outputs ?? scored.Probabilities)!.Cast<float>()];
    }

    /// <summary>A folder as the host loads it.</summary>
    public static Loaded Load(string folder, Action<string>? warn = null) => Loaded.Load(folder, null, "cpu", RealComponents.Factory, warn);

    /// <summary>Predictions of a folder.</summary>
    public static IReadOnlyList<float[]> Predict(string folder, params Sample[] samples)
    {
        using var model = Load(folder);
        return [.. samples.Select(s => Predict(model, s))];
    }

    private sealed class OneSample(Sample sample) : ISampleSource
    {
        public long Count => 1;

        public Sample Get(long index, SeededRandom random) => sample;
    }
}
