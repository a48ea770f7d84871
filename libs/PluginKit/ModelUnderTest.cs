using TorchSharp.Modules;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>A backbone, an objective and the heads the objective asks for, put together as the host does.</summary>
public sealed class ModelUnderTest : IDisposable
{
    /// <param name="bench">Its tokenizer and backbone are used; it builds the heads.</param>
    /// <param name="objective">Under test.</param>
    /// <param name="heads">Heads by role in place of the objective's own, as <c>heads:</c> in a pipeline.</param>
    public ModelUnderTest(Workbench bench, IObjective objective, IReadOnlyDictionary<string, ComponentSpec>? heads = null)
    {
        Tokenizer = bench.Tokenizer;
        Backbone = bench.Backbone;
        Objective = objective;
        Heads = objective.Heads.ToDictionary(role => role.Name, role =>
            bench.Build<Head>(heads?.GetValueOrDefault(role.Name) ?? role.Default));
    }

    /// <summary>The pipeline's tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The architecture.</summary>
    public Backbone Backbone { get; }

    /// <summary>The objective.</summary>
    public IObjective Objective { get; }

    /// <summary>Heads by role.</summary>
    public IReadOnlyDictionary<string, Head> Heads { get; }

    /// <summary>Every learned parameter by the name it has in a model file; tied ones once.</summary>
    public IReadOnlyList<(string Name, Parameter Value)> Parameters =>
    [
        .. Backbone.named_parameters()
            .Select(p => (Backbone.StatePrefix.Length == 0 ? p.name : $"{Backbone.StatePrefix}.{p.name}", p.parameter)),
        .. Heads.Values.SelectMany(head => head.named_parameters().Select(p => ($"{head.StatePrefix}.{p.name}", p.parameter))),
    ];

    /// <summary>Makes a batch.</summary>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateMode mode = CollateMode.Train, ulong seed = 1, double progress = 0) =>
        Objective.Collate(samples,
            new CollateContext(Tokenizer, Backbone.Shape.MaxTokens ?? int.MaxValue, mode, new SeededRandom(seed)) { Progress = progress });

    /// <summary>Runs the backbone and all heads.</summary>
    public Predictions Predict(Batch batch)
    {
        var output = Backbone.Forward(batch, Capture.None);
        return new(Heads.ToDictionary(h => h.Key, h => h.Value.Forward(output, batch)));
    }

    /// <summary>The loss to minimise: each term's weight times its sum over its count.</summary>
    public Tensor Loss(Batch batch) =>
        Objective.Loss(Predict(batch), batch).Select(term => term.Sum * (term.Weight / term.Count)).Aggregate((a, b) => a + b);

    /// <summary>Switches dropout on or off.</summary>
    public void Train(bool on)
    {
        Backbone.train(on);
        foreach (var head in Heads.Values) head.train(on);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Backbone.Dispose();
        foreach (var head in Heads.Values) head.Dispose();
    }
}
