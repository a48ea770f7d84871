using PluginHost.Host.Models;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Classification;

namespace PluginHost.Benchmarks;

/// <summary>A classifier of two classes over byte pairs with random weights, as the host builds it from the shipped plugins.</summary>
/// <param name="Tokenizer">Byte pairs of the sample vocabulary.</param>
/// <param name="Objective">Of its task.</param>
/// <param name="Model">Encoder without padding, and head.</param>
internal sealed record BertClassifier(ITokenizer Tokenizer, IObjective Objective, TaskModel Model)
{
    /// <summary>Builds it.</summary>
    /// <param name="shape">Layers, width and heads.</param>
    /// <param name="tokens">Most tokens of a sequence.</param>
    public static BertClassifier Build(Shape shape, int tokens)
    {
        TorchSharp.torch.manual_seed(1);
        var bench = new Workbench(new BpePlugin(), new BertEncoderPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("bpe", new { vocab = Path.Combine(Checkout.Root, "samples", "tokenizers", "fly_bpe_1024.json") });
        bench.UseBackbone("bert-encoder", new
        {
            layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads, feedForward = 4 * shape.Width, maxPositions = tokens,
            unpadded = true,
        });
        var objective = bench.Build<IObjective>("classify", new { classes = 2 });
        var (name, spec) = (objective.Heads[0].Name, objective.Heads[0].Default);
        return new(bench.Tokenizer, objective, new TaskModel(
            bench.Backbone, new Dictionary<string, Head> { [name] = bench.Build<Head>(spec) }, new Dictionary<string,
                ComponentSpec>
            { [name] = spec }));
    }
}
